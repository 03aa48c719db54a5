import { parseImage } from '../model/image.js';
import { get, known } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const imageRegistry: ServiceRule = {
  id: 'image-registry',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'An image that is built here and named without a registry.',
    why: 'The nodes of a swarm pull the image themselves. Without a registry in its name, only the machine that built it has it, and tasks on other nodes are rejected.',
    bad: 'services:\n  web:\n    build: .\n    image: shop\n',
    good: 'services:\n  web:\n    image: registry.example.com/shop:1.4\n',
    tool: 'No such image: shop:latest',
  },
  *check({ value }) {
    const image = known(get(value, 'image'));
    if (!image || typeof image.value !== 'string' || !get(value, 'build')) return;
    const ref = parseImage(image.value).value;
    if (ref?.registry !== 'docker.io' || !ref.repository.startsWith('library/')) return;
    yield {
      at: image.at,
      message: `\`${image.value}\` names no registry: only the machine that built it has it, and other nodes cannot pull it.`,
    };
  },
};
