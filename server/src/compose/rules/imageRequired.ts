import { get, str, entry, type Place } from '../model/value.js';
import { targets, refuses } from '../target.js';
import { addBelow, type Fixes } from './fixes.js';
import { softer } from './grammar.js';
import type { ServiceRule } from './rule.js';

export const imageRequired: ServiceRule = {
  id: 'image-required',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'A service has no image, and nothing to build one from.',
    why: 'No container can be made of it, and docker stack deploy builds none: there `build` does not take the place of `image`. In a file that is only laid over another one or extended this is fine, and nothing is said there.',
    bad: 'services:\n  web:\n    ports: ["80:80"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["80:80"]\n',
    tool: 'service "web" has neither an image nor a build context specified',
  },
  *check({ name, nameAt, value, complete, active }, { target }) {
    if (!complete || !active) return;
    const image = get(value, 'image');
    if (image && str(image) !== '') return;
    const build = entry(value, 'build');
    if (target === 'stack') {
      const message = build
        ? `docker stack deploy builds nothing, and service \`${name}\` has no \`image\`: ${refuses.stack}.`
        : `Service \`${name}\` has no \`image\`: ${refuses.stack}.`;
      yield { at: build?.keyAt ?? nameAt, message, ...softer(image), fixes: imageAdded(name, nameAt) };
    } else if (!build && !get(value, 'provider')) {
      yield {
        at: nameAt,
        message: `Service \`${name}\` has neither \`image\` nor \`build\`: ${refuses.compose}.`,
        ...softer(image),
        fixes: [
          ...imageAdded(name, nameAt),
          ...addBelow(nameAt, { build: '.' }, 'Add `build: .`', { preferred: false }),
        ],
      };
    }
  },
};

/** An image of the service's own name, as a file that builds one may call it. */
function imageAdded(name: string, nameAt: Place): Fixes {
  const image = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return image === '' ? [] : addBelow(nameAt, { image }, `Add \`image: ${image}\``, { preferred: false });
}
