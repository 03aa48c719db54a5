import { directives } from '../nginx/directives.js';
import { placedDirectives } from '../nginx/walk.js';
import { isBefore, isFrom } from '../version.js';
import type { NginxRule } from '../rule.js';

export const nginxRelease: NginxRule = {
  id: 'nginx-release',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'The release of nginx in the image knows the directive.',
    why: 'An image that is older than a directive refuses the file, and so does one that no longer has it: `resolve` came to the open-source edition with 1.27.3, `ssl on` went with 1.25.1. Only an image tag with a version is judged.',
    bad: '# with image nginx:1.25\nresolver 127.0.0.11;\nupstream api {\n  zone api 64k;\n  server api:8000 resolve;\n}\n',
    good: '# with image nginx:1.27.3\nresolver 127.0.0.11;\nupstream api {\n  zone api 64k;\n  server api:8000 resolve;\n}\n',
    tool: 'invalid parameter "resolve"',
  },
  *check({ file, model, place }, { version }) {
    if (version === undefined) return;
    const image = version.join('.');
    for (const placed of placedDirectives(file, place)) {
      const { name } = placed.directive;
      const facts = directives.get(name.value)?.filter((fact) => fact.places.includes(placed.place)) ?? [];
      if (facts.length === 0) continue;
      if (facts.every((fact) => fact.since && isBefore(version, fact.since))) {
        yield {
          at: name,
          message: `\`${name.value}\` came here with nginx ${facts[0]?.since ?? ''}: ${image} refuses the file.`,
        };
      } else if (facts.every((fact) => fact.until && isFrom(version, fact.until))) {
        yield {
          at: name,
          message: `\`${name.value}\` went with nginx ${facts[0]?.until ?? ''}: ${image} refuses the file.`,
        };
      }
    }
    for (const param of model.groups.flatMap((group) => group.servers.flatMap((server) => server.params))) {
      const since = parameterSince.get(param.name);
      if (since && isBefore(version, since)) {
        yield {
          at: param.at,
          message: `\`${param.name}\` came to open-source nginx with ${since}: ${image} refuses the file.`,
        };
      }
    }
  },
};

const parameterSince: ReadonlyMap<string, string> = new Map([
  ['max_conns', '1.11.5'],
  ['resolve', '1.27.3'],
  ['service', '1.27.3'],
  ['drain', '1.29.6'],
  ['route', '1.29.6'],
]);
