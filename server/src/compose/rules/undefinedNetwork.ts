import { targets } from '../target.js';
import { undefinedResource } from './undefinedResource.js';

export const undefinedNetwork = undefinedResource('network', targets, {
  summary: 'A service joins a network that is not declared.',
  why: 'Networks of a service are declared under the top-level `networks`, external ones too; only `default` is there by itself. `host` and `none` are words for `network_mode`.',
  bad: 'services:\n  web:\n    image: nginx:1.27\n    networks: [fronted]\nnetworks:\n  frontend:\n',
  good: 'services:\n  web:\n    image: nginx:1.27\n    networks: [frontend]\nnetworks:\n  frontend:\n',
  tool: 'service "web" refers to undefined network fronted',
});
