import { isExternal } from '../model/resource.js';
import { members } from '../model/value.js';
import type { ResourceRule } from './rule.js';

export const externalSecret: ResourceRule = {
  id: 'external-secret',
  scope: 'resource',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'A secret or config is kept where only a swarm has them.',
    why: 'docker compose mounts secrets and configs from files or variables. External ones and those of a driver exist only in a swarm: the file is accepted, and a service that uses one is not started.',
    bad: 'services:\n  web:\n    image: nginx:1.27\nsecrets:\n  password: { external: true }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\nsecrets:\n  password: { file: ./password.txt }\n#- /password.txt\nx\n',
    tool: 'unsupported external secret password',
  },
  *check(resource) {
    const { kind, nameAt, name, value } = resource;
    if (kind !== 'secret' && kind !== 'config') return;
    if (isExternal(resource)) {
      yield {
        at: nameAt,
        message: `\`${name}\` is \`external\`, which only docker stack knows: \`docker compose up\` stops when a service uses it.`,
      };
    }
    for (const { key, keyAt } of members(value)) {
      if (key !== 'driver' && key !== 'template_driver') continue;
      yield {
        at: keyAt,
        message: `\`${key}\` is for a swarm only: \`docker compose up\` stops when a service uses \`${name}\`.`,
      };
    }
  },
};
