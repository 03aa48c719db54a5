import { insertText } from '../fixes.js';
import { passDirectives } from '../nginx/model.js';
import { placedDirectives } from '../nginx/walk.js';
import type { NginxRule } from '../rule.js';
import { isPort } from '../address.js';

export const nginxPassTarget: NginxRule = {
  id: 'nginx-pass-target',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'A `…_pass` names a target in the form its protocol wants.',
    why: '`proxy_pass` needs `http://` or `https://`, the others a plain host with a port, and the name of an upstream takes no port. nginx refuses the rest.',
    bad: 'location / {\n  proxy_pass api:8000;\n}\n',
    good: 'location / {\n  proxy_pass http://api:8000;\n}\n',
    tool: 'invalid URL prefix',
  },
  *check({ file, model, place }, { siblings }) {
    const all = [model, ...siblings.map((sibling) => sibling.model)].flatMap((one) => one.groups);
    const named = (layer: 'http' | 'stream') =>
      new Set(all.filter((group) => group.layer === layer).map((group) => group.name.toLowerCase()));
    const upstreams = { http: named('http'), stream: named('stream') };
    for (const placed of placedDirectives(file, place)) {
      const name = placed.directive.name.value;
      const [word] = placed.directive.args;
      if (!passDirectives.has(name) || word === undefined || word.value.includes('$')) continue;
      const layer = placed.place === 'S' || placed.place === 'H' ? 'stream' : 'http';
      const groups = upstreams[layer];
      const fault =
        layer === 'stream'
          ? plainFault(word.value, groups, siblings.length === 0 && place === 'm')
          : faultOf(name, word.value, groups);
      if (fault === undefined) continue;
      const prefix = name === 'proxy_pass' && layer === 'http' && /^[a-z0-9_.-]+(:\d+)?(\/|$)/i.test(word.value);
      yield {
        at: word,
        message: `${fault}: nginx refuses the file.`,
        fixes: prefix ? insertText(word.start + (word.quote ? 1 : 0), 'http://', 'Add `http://`') : [],
      };
    }
  },
};

function faultOf(name: string, target: string, groups: ReadonlySet<string>): string | undefined {
  const scheme = /^([a-z]+):\/\//i.exec(target)?.[1]?.toLowerCase();
  if (name === 'proxy_pass') {
    if (scheme !== 'http' && scheme !== 'https') return `\`${target}\` does not start with \`http://\` or \`https://\``;
    return urlFault(target.slice(scheme.length + 3), groups);
  }
  if (name === 'grpc_pass') {
    return urlFault(scheme === 'grpc' || scheme === 'grpcs' ? target.slice(scheme.length + 3) : target, groups);
  }
  if (name === 'uwsgi_pass' && (scheme === 'uwsgi' || scheme === 'suwsgi')) {
    return plainFault(target.slice(scheme.length + 3), groups, false);
  }
  return plainFault(target, groups, false);
}

function urlFault(rest: string, groups: ReadonlySet<string>): string | undefined {
  if (rest.startsWith('unix:')) return undefined;
  const authority = /^[^/?]*/.exec(rest)?.[0] ?? '';
  if (authority === '' || authority.startsWith(':')) return 'There is no host';
  return portFault(authority, groups);
}

function plainFault(target: string, groups: ReadonlySet<string>, portNeeded: boolean): string | undefined {
  if (target.startsWith('unix:')) return undefined;
  if (/^[a-z]+:\/\//i.test(target)) return `\`${target}\` has a scheme, and only a host and a port belong here`;
  if (target === '' || target.startsWith(':')) return 'There is no host';
  if (portNeeded && !target.includes(':') && !groups.has(target.toLowerCase()))
    return `\`${target}\` has no port, and it is no upstream`;
  return portFault(target, groups);
}

function portFault(authority: string, groups: ReadonlySet<string>): string | undefined {
  if (authority.startsWith('[')) return undefined;
  const [, host = '', port] = /^([^:]*)(?::(.*))?$/.exec(authority) ?? [];
  if (port === undefined) return undefined;
  if (!isPort(port)) return `\`${port}\` is no port`;
  return groups.has(host.toLowerCase()) ? `\`${host}\` is an upstream, which may not have a port here` : undefined;
}
