import { parseImage } from '../model/image.js';
import { get, str } from '../model/value.js';
import { targets, refuses } from '../target.js';
import { misread } from './grammar.js';
import type { ServiceRule } from './rule.js';

export const invalidImage: ServiceRule = {
  id: 'invalid-image',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'An image is no valid reference.',
    why: 'An image is `[REGISTRY/]REPOSITORY[:TAG][@DIGEST]`, the repository in lower case. docker stack refuses another text when it deploys; docker compose reads the file and fails when it pulls or starts the service.',
    bad: 'services:\n  web:\n    image: Nginx:1.27\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    tool: 'invalid reference format: repository name (library/Nginx) must be lowercase',
  },
  *check({ value }, { target }) {
    const image = get(value, 'image');
    if (image?.kind !== 'scalar' || image.unset || str(image) === '') return;
    const consequence = target === 'stack' ? `${refuses.stack}.` : 'docker compose cannot start the service.';
    for (const finding of misread(image, (text) => parseImage(text), consequence)) {
      yield { ...finding, ...(target === 'compose' ? { severity: 'warning' } : {}) };
    }
  },
};
