import type { ProjectIndex } from '../model/projectIndex.js';
import { isExternal, type Resource } from '../model/resource.js';
import { replaceWord } from './fixes.js';
import { get, known } from '../model/value.js';
import type { Finding, ResourceRule } from './rule.js';

export const swarmNetwork: ResourceRule = {
  id: 'swarm-network',
  scope: 'resource',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A network of one host cannot connect the services of a swarm.',
    why: 'Only networks of swarm scope can be used, above all `overlay`, which is what a stack gets without `driver`. With `bridge` the Engine refuses the services at deploy.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n  front:\n    driver: bridge\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n  front:\n    driver: overlay\n',
    tool: 'The network demo_front cannot be used with services. Only networks scoped to the swarm can be used, such as those created with the overlay driver.',
  },
  *check(resource, index) {
    if (resource.kind !== 'network') return;
    if (isExternal(resource)) return yield* external(resource, index);
    const driver = known(get(resource.value, 'driver'));
    if (typeof driver?.value !== 'string' || !local.has(driver.value)) return;
    const used = [...index.services.values()].filter(
      ({ references }) =>
        resource.name === 'default' || references.some((it) => it.kind === 'network' && it.name === resource.name),
    );
    if (used.length === 0) return;
    yield {
      at: driver.at,
      message: `A \`${driver.value}\` network stays on one host: the Engine refuses the services that use it. Leave \`driver\` out or use \`overlay\`.`,
      fixes: driver.interpolated ? [] : replaceWord(driver.at, 'overlay'),
    };
  },
};

/** Networks that every host has: docker stack lets them pass, and the Engine does not. */
function* external(resource: Resource, index: ProjectIndex): Iterable<Finding> {
  const name = known(get(resource.value, 'name')) ?? known(get(resource.value, 'external', 'name'));
  const called = typeof name?.value === 'string' ? name.value : resource.name;
  const at = name?.at ?? resource.nameAt;
  const users = [...index.services.values()].filter(({ references }) =>
    references.some((it) => it.kind === 'network' && it.name === resource.name),
  );
  if (users.length === 0) return;
  if (called === 'bridge' || called === 'none') {
    yield { at, message: `\`${called}\` is a network of each host: the Engine refuses the services that use it.` };
  }
  const publishing = users.find(({ publishesIngress }) => publishesIngress);
  if (called === 'host' && publishing) {
    yield {
      at,
      message: `\`${publishing.name}\` publishes ports by the ingress network and is on the host's: its tasks are rejected.`,
    };
  }
}

const local: ReadonlySet<string> = new Set(['bridge', 'host', 'none', 'null']);
