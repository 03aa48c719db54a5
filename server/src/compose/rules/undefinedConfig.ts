import { targets } from '../target.js';
import { undefinedResource } from './undefinedResource.js';

export const undefinedConfig = undefinedResource('config', targets, {
  summary: 'A service uses a config that is not declared.',
  why: 'Every config is declared under the top-level `configs` with its source, or as `external`.',
  bad: 'services:\n  proxy:\n    image: nginx:1.27\n    configs: [ngnix]\nconfigs:\n  nginx: { file: ./nginx.conf }\n',
  good: 'services:\n  proxy:\n    image: nginx:1.27\n    configs: [nginx]\nconfigs:\n  nginx: { file: ./nginx.conf }\n',
  tool: 'service "proxy" refers to undefined config ngnix',
});
