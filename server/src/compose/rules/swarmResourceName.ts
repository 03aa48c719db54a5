import { checkSwarmName, checkSecretName } from '../model/names.js';
import { isExternal } from '../model/resource.js';
import { get } from '../model/value.js';
import type { ResourceRule } from './rule.js';

export const swarmResourceName: ResourceRule = {
  id: 'swarm-resource-name',
  scope: 'resource',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'The swarm refuses the name of a network, secret or config.',
    why: 'With the stack in front a network is called `STACK_NETWORK`, which must be a DNS name of at most 63 characters. Secrets and configs have at most 64 letters, digits, `_`, `.` and `-`, and a letter or digit at both ends.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front_]\nnetworks:\n  front_: {}\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n  front: {}\n',
    tool: 'name must be valid as a DNS name component',
  },
  *check(resource, index) {
    const { kind, name, nameAt, value } = resource;
    if ((kind !== 'network' && kind !== 'secret' && kind !== 'config') || isExternal(resource)) return;
    const own = get(value, 'name');
    if (own?.kind === 'scalar' && (own.unset || typeof own.value !== 'string')) return;
    // Networks that nothing uses are not made.
    const isUsed = [...index.services.values()].some(({ references }) =>
      references.some((it) => it.kind === 'network' && it.name === name),
    );
    if (kind === 'network' && !isUsed) return;
    // A stack has a name of one letter at least.
    const whole = own?.kind === 'scalar' ? String(own.value) : `x_${name}`;
    const problem = kind === 'network' ? checkSwarmName(whole) : checkSecretName(whole);
    if (problem === undefined) return;
    const subject = own ? `\`${whole}\`` : `With the stack's name in front \`${name}\``;
    yield { at: own?.at ?? nameAt, message: `${subject} ${problem}: the swarm refuses the ${kind} at deploy.` };
  },
};
