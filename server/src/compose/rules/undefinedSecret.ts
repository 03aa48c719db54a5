import { targets } from '../target.js';
import { undefinedResource } from './undefinedResource.js';

export const undefinedSecret = undefinedResource('secret', targets, {
  summary: 'A service uses a secret that is not declared.',
  why: 'Every secret is declared under the top-level `secrets` with its source, or as `external`.',
  bad: 'services:\n  db:\n    image: postgres:17\n    secrets: [pasword]\nsecrets:\n  password: { file: ./password.txt }\n',
  good: 'services:\n  db:\n    image: postgres:17\n    secrets: [password]\nsecrets:\n  password: { file: ./password.txt }\n',
  tool: 'service "db" refers to undefined secret pasword',
});
