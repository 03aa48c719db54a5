import { isExternal } from '../model/resource.js';
import { removeKey } from './fixes.js';
import { get, entry, known, isTrue } from '../model/value.js';
import type { ResourceRule } from './rule.js';

export const overlayNetwork: ResourceRule = {
  id: 'overlay-network',
  scope: 'resource',
  severity: 'info',
  targets: ['compose'],
  docs: {
    summary: 'An overlay network needs a swarm.',
    why: 'docker compose can only create and join one on a node of a swarm, and only when it is `attachable`. On a single host the default driver does.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n  front:\n    name: front\n    driver: overlay\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n  front:\n    name: front\n',
    tool: 'Could not attach to network front: rpc error: code = PermissionDenied desc = network front not manually attachable',
  },
  *check(resource) {
    if (resource.kind !== 'network' || isExternal(resource)) return;
    const driver = entry(resource.value, 'driver');
    if (!driver || known(driver.value)?.value !== 'overlay') return;
    const attachable = isTrue(get(resource.value, 'attachable'));
    yield {
      at: driver.value.at,
      message: `An overlay network only exists on nodes of a swarm${attachable ? '' : ', and containers of docker compose can only join an `attachable` one'}.`,
      fixes: removeKey(driver.keyAt, 'Remove `driver`'),
    };
  },
};
