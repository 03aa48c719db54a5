import { placedDirectives } from '../nginx/walk.js';
import type { NginxRule } from '../rule.js';

export const nginxTrailingSlash: NginxRule = {
  id: 'nginx-trailing-slash',
  severity: 'hint',
  proxy: 'nginx',
  docs: {
    summary: 'A location and the path of its `proxy_pass` both end with a slash, or neither.',
    why: 'nginx replaces the text of the location by the path: `location /api` with `proxy_pass http://api:8000/` turns `/api/users` into `//users`, and also serves `/apiary`.',
    bad: 'location /api {\n  proxy_pass http://api:8000/;\n}\n',
    good: 'location /api/ {\n  proxy_pass http://api:8000/;\n}\n',
  },
  *check({ file, place }) {
    for (const { directive } of placedDirectives(file, place)) {
      const [word] = directive.args;
      const location = directive.parent;
      const path =
        location?.args.length === 1
          ? location.args[0]
          : location?.args[0]?.value === '^~'
            ? location.args[1]
            : undefined;
      if (directive.name.value !== 'proxy_pass' || word === undefined || location?.name.value !== 'location') continue;
      if (
        path === undefined ||
        !path.value.startsWith('/') ||
        word.value.includes('$') ||
        word.value.includes('://unix:')
      )
        continue;
      const uri = /^https?:\/\/[^/?]+(\/[^?]*)$/i.exec(word.value)?.[1];
      if (uri === undefined || path.value.endsWith('/') === uri.endsWith('/')) continue;
      const sample = uri + '/users'.slice(path.value.endsWith('/') ? 1 : 0);
      yield {
        at: word,
        message: `\`${path.value}\` is replaced by \`${uri}\`: a request for \`${path.value.replace(/\/$/, '')}/users\` reaches the server as \`${sample}\`.`,
      };
    }
  },
};
