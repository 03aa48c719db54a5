import { parseImage } from '../model/image.js';
import { targets } from '../target.js';
import { get, known } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const imageLatest: ServiceRule = {
  id: 'image-latest',
  scope: 'service',
  severity: 'info',
  targets,
  docs: {
    summary: 'The image has no fixed version.',
    why: 'Without a tag, or with `latest`, the same file runs other software tomorrow and on another machine.',
    bad: 'services:\n  web:\n    image: nginx\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
  },
  *check({ value }) {
    const image = known(get(value, 'image'));
    if (typeof image?.value !== 'string' || get(value, 'build')) return;
    const ref = parseImage(image.value).value;
    if (!ref || ref.digest !== undefined || (ref.tag !== undefined && ref.tag !== 'latest')) return;
    yield {
      at: image.at,
      message: `\`${image.value}\` means whatever is \`latest\` when it is pulled. Name a version.`,
    };
  },
};
