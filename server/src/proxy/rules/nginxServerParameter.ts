import { replaceText } from '../fixes.js';
import { closest } from '../closest.js';
import type { Group, Param } from '../upstream.js';
import type { NginxRule } from '../rule.js';

export const nginxServerParameter: NginxRule = {
  id: 'nginx-server-parameter',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'Parameters of a server are ones that nginx knows, with a value it takes.',
    why: 'nginx refuses others. They are written without spaces, `weight=5`, and a weight of 0 is written `down`.',
    bad: 'upstream api {\n  server api:8000 weight=0;\n}\n',
    good: 'upstream api {\n  server api:8000 down;\n}\n',
    tool: 'invalid parameter "weight=0"',
  },
  *check({ model }) {
    for (const group of model.groups) {
      for (const server of group.servers) {
        for (const param of server.params) {
          const message = faultOf(param, group);
          if (message === undefined) continue;
          const meant = known.has(param.name) ? undefined : closest(param.name, known.keys());
          const text = meant && (param.value === undefined ? meant : `${meant}=${param.value}`);
          yield {
            at: param.at,
            message: `${message}: nginx refuses the file.`,
            fixes: text ? replaceText(param.at, text) : [],
          };
        }
      }
    }
  },
};

/** What a value must look like; `false` for a flag. `slow_start` is for the commercial edition and has its own rule. */
const known: ReadonlyMap<string, RegExp | false> = new Map<string, RegExp | false>([
  ['weight', /^0*[1-9]\d*$/],
  ['max_conns', /^\d+$/],
  ['max_fails', /^\d+$/],
  ['fail_timeout', /^(\d+(ms|[yMwdhms])?)+$/],
  ['slow_start', /./],
  ['route', /./],
  ['service', /./],
  ['backup', false],
  ['down', false],
  ['drain', false],
  ['resolve', false],
]);

function faultOf(param: Param, group: Group): string | undefined {
  const written = param.value === undefined ? param.name : `${param.name}=${param.value}`;
  const value = known.get(param.name);
  if (written.includes('$')) return undefined;
  if (value === undefined) return `A server has no parameter \`${written}\``;
  if (value === false) {
    if (param.value !== undefined) return `\`${param.name}\` takes no value`;
    const method = group.method?.name ?? '';
    if (param.name === 'backup' && (method === 'ip_hash' || method === 'hash' || method === 'random')) {
      return `\`${method}\` knows no \`backup\` servers`;
    }
    return undefined;
  }
  if (param.value === undefined) return `\`${param.name}\` needs a value, as in \`${param.name}=5\``;
  if (param.name === 'weight' && param.value === '0')
    return '`weight=0` is no weight; a server that takes no requests is `down`';
  return value.test(param.value) ? undefined : `\`${written}\` has a value nginx does not read`;
}
