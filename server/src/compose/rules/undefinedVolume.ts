import { targets } from '../target.js';
import { undefinedResource } from './undefinedResource.js';

export const undefinedVolume = undefinedResource('volume', targets, {
  summary: 'A service mounts a named volume that is not declared.',
  why: 'A source without `.`, `/` or `~` in front is the name of a volume, to be declared under the top-level `volumes`. For a folder beside the file write `./data:/data`.',
  bad: 'services:\n  db:\n    image: postgres:17\n    volumes: ["dta:/var/lib/postgresql/data"]\nvolumes:\n  data:\n',
  good: 'services:\n  db:\n    image: postgres:17\n    volumes: ["data:/var/lib/postgresql/data"]\nvolumes:\n  data:\n',
  tool: 'service "db" refers to undefined volume dta',
});
