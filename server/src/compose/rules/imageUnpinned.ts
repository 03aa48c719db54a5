import { parseImage } from '../model/image.js';
import { targets } from '../target.js';
import { get, known } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const imageUnpinned: ServiceRule = {
  id: 'image-unpinned',
  scope: 'service',
  severity: 'info',
  targets,
  off: true,
  docs: {
    summary: 'The image is not pinned by its digest.',
    why: 'A tag can be moved to another image; a digest cannot. Pinned images make a deployment repeatable.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n',
    good: `services:\n  web:\n    image: nginx:1.27@sha256:${'0'.repeat(64)}\n`,
  },
  *check({ value }) {
    const image = known(get(value, 'image'));
    if (typeof image?.value !== 'string' || get(value, 'build')) return;
    const ref = parseImage(image.value).value;
    if (ref && ref.digest === undefined)
      yield { at: image.at, message: `\`${image.value}\` is not pinned by a digest.` };
  },
};
