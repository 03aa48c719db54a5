import type { LinkRule } from './rule.js';
import { fileName } from '../../../text/uri.js';
import { configFile } from '../delivered.js';

export const proxyConfigMissing: LinkRule = {
  id: 'proxy-config-missing',
  scope: 'link',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'The configuration that a proxy mounts is there.',
    why: 'Docker makes an empty folder in the place of a missing file, and the proxy fails with "Is a directory", or with the container not being created at all.',
    bad: `services:
  web:
    image: nginx:1.27
    volumes:
      - ./ngnix.conf:/etc/nginx/nginx.conf:ro
#- /nginx.conf
events {}
`,
    good: `services:
  web:
    image: nginx:1.27
    volumes:
      - ./nginx.conf:/etc/nginx/nginx.conf:ro
#- /nginx.conf
events {}
`,
    tool: 'not a directory: Are you trying to mount a directory onto a file (or vice-versa)?',
  },
  *check({ kind, delivered }, { host }) {
    for (const { exists, uri, target, at, via } of delivered.values()) {
      if (exists || via !== 'mount' || !configFile.test(target)) continue;
      const state =
        host.stat(uri) === 'folder' ? 'is a folder and not a file' : 'is not there: Docker makes a folder of that name';
      const then = `${kind === 'nginx' ? 'nginx' : 'HAProxy'} does not start`;
      yield { at, message: `\`${fileName(uri)}\` ${state}, and ${then}.` };
    }
  },
};
