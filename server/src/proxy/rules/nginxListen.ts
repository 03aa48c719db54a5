import { firstInBlock } from '../nginx/firstInBlock.js';
import { placedDirectives } from '../nginx/walk.js';
import { isPort } from '../address.js';
import type { Directive } from '../nginx/parse.js';
import type { NginxRule } from '../rule.js';

export const nginxListen: NginxRule = {
  id: 'nginx-listen',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: '`listen` has a port that is one, and no address has two default servers.',
    why: 'nginx refuses an invalid port, the same `listen` twice in a server, and a second `default_server` for an address.',
    bad: 'server {\n  listen 80 default_server;\n}\nserver {\n  listen 80 default_server;\n  server_name b;\n}\n',
    good: 'server {\n  listen 80 default_server;\n}\nserver {\n  listen 80;\n  server_name b;\n}\n',
    tool: 'a duplicate default server for 0.0.0.0:80',
  },
  *check({ file, place }) {
    const defaults = new Map<string, Directive>();
    const firstOf = firstInBlock();
    for (const placed of placedDirectives(file, place)) {
      const { directive } = placed;
      const [word, ...params] = directive.args;
      if (directive.name.value !== 'listen' || (placed.place !== 's' && placed.place !== 'S') || word === undefined)
        continue;
      if (word.value.includes('$') || word.value.startsWith('unix:')) continue;
      const port = /^\d+$/.test(word.value) ? word.value : /^(?:\[[^\]]*\]|[^:[\]]*):([^:]*)$/.exec(word.value)?.[1];
      if (port !== undefined && !isPort(port) && !/^\d+-\d+$/.test(port)) {
        yield { at: word, message: `\`${port}\` is no port: nginx refuses the file.` };
        continue;
      }
      const transport = params.some((param) => param.value === 'udp' || param.value === 'quic') ? 'udp' : 'tcp';
      const key = `${placed.place} ${addressOf(word.value)} ${transport}`;
      const again = firstOf(directive, key);
      if (again) {
        yield {
          at: directive,
          message: `This server already listens on \`${word.value}\`: nginx refuses the file.`,
          near: [{ at: again, message: 'The first one is here.' }],
        };
        continue;
      }
      const isDefault = params.find((param) => param.value === 'default_server' || param.value === 'default');
      if (!isDefault) continue;
      const first = defaults.get(key);
      if (first) {
        yield {
          at: isDefault,
          message: `A second default server for \`${word.value}\`: nginx refuses the file.`,
          near: [{ at: first, message: 'The first one is here.' }],
        };
      } else {
        defaults.set(key, directive);
      }
    }
  },
};

function addressOf(text: string): string {
  if (/^\d+$/.test(text)) return `*:${text}`;
  const full = /:\d+$/.test(text) ? text : `${text}:80`;
  return full.replace(/^(?:0\.0\.0\.0|\*):/, '*:');
}
