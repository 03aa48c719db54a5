import { targets } from '../../../compose/target.js';
import type { LinkRule } from './rule.js';

export const proxyTemplatesSkipped: LinkRule = {
  id: 'proxy-templates-skipped',
  scope: 'link',
  severity: 'warning',
  targets,
  docs: {
    summary: 'Templates are filled in only by the image’s own entrypoint.',
    why: 'The nginx image runs `envsubst` over /etc/nginx/templates when its command begins with `nginx`. With a shell in its place, or another entrypoint, the templates are never looked at.',
    bad: `services:
  web:
    image: nginx:1.27
    command: /bin/sh -c "exec nginx -g 'daemon off;'"
    volumes:
      - ./site.conf.template:/etc/nginx/templates/site.conf.template:ro
#- /site.conf.template
server { listen 80; }
`,
    good: `services:
  web:
    image: nginx:1.27
    command: [nginx, -g, 'daemon off;']
    volumes:
      - ./site.conf.template:/etc/nginx/templates/site.conf.template:ro
#- /site.conf.template
server { listen 80; }
`,
  },
  *check({ kind, official, command, delivered, calls }) {
    if (kind !== 'nginx' || !official || !command.replaced || calls.length > 0) return;
    if (/docker-entrypoint|docker-entrypoint\.d/.test(command.text)) return;
    const template = [...delivered.values()].find(({ target }) =>
      /^\/etc\/nginx\/templates\/.*\.template$/.test(target),
    );
    const [scalar] = command.scalars;
    if (template === undefined || scalar === undefined) return;
    yield {
      at: scalar.at,
      message:
        'With this in the place of `nginx` the image’s entrypoint leaves `/etc/nginx/templates` alone: the template has no effect.',
    };
  },
};
