import { within } from './grammar.js';
import { parseRestart } from '../model/restart.js';
import { get, known } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import { refuses, targets } from '../target.js';
import { replaceWord } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const invalidRestart: ServiceRule = {
  id: 'invalid-restart',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: '`restart` names no restart policy.',
    why: 'The policies are `no`, `always`, `unless-stopped`, `on-failure` and `on-failure:N`. docker stack deploy refuses others, unless `deploy.restart_policy` takes their place; under docker compose the Engine does.',
    bad: '# longshore: target=stack\nservices:\n  web:\n    image: nginx:1.27\n    restart: never\n',
    good: '# longshore: target=stack\nservices:\n  web:\n    image: nginx:1.27\n    deploy:\n      restart_policy:\n        condition: none\n',
    tool: 'service web: unknown restart policy: never',
  },
  *check({ value }, { target }) {
    const restart = known(get(value, 'restart'));
    if (typeof restart?.value !== 'string') return;
    if (target === 'stack' && get(value, 'deploy', 'restart_policy')) return;
    const { problem } = parseRestart(restart.value, target);
    if (!problem) return;
    const who = target === 'stack' ? refuses.stack : 'The Engine refuses to create the container';
    const meant = meantPolicy(restart.value);
    yield {
      at: within(restart, problem),
      message: `${problem.message} ${who}.`,
      ...(target === 'compose' && { severity: 'warning' as const }),
      fixes: meant && !restart.interpolated ? replaceWord(restart.at, meant) : [],
    };
  },
};

const policies = ['no', 'always', 'unless-stopped', 'on-failure'];

function meantPolicy(text: string): string | undefined {
  const word = text.toLowerCase().replace(/:.*/, '');
  if (word === 'never' || word === 'none') return 'no';
  return word === 'any' ? 'always' : nearest(word, policies)[0];
}
