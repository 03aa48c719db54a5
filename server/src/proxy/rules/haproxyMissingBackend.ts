import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest, ownNames } from '../closest.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyMissingBackend: HaproxyRule = {
  id: 'haproxy-missing-backend',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: '`use_backend` and `default_backend` name a backend that exists.',
    why: 'HAProxy refuses the file otherwise. Names are compared with their case.',
    bad: 'frontend web\n  bind :80\n  default_backend app\n\nbackend api\n  server api1 api:8000\n',
    good: 'frontend web\n  bind :80\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    tool: "unable to find required default_backend: 'app'",
  },
  *check({ model }, { siblings, complete }) {
    const names = new Set(
      [model, ...siblings.map((sibling) => sibling.model)].flatMap((one) => one.groups.map((group) => group.name)),
    );
    const alone = complete || siblings.length === 0;
    for (const { by, target } of model.passes) {
      if (target.kind !== 'group' || names.has(target.name)) continue;
      const meant = closest(target.name, names, ownNames);
      yield {
        at: target.at,
        message: `\`${by}\` names \`${target.name}\`, which is no backend: HAProxy refuses the file.${didYouMean(meant)}`,
        ...(!alone && { severity: 'warning' }),
        fixes: meant ? replaceText(target.at, meant) : [],
      };
    }
  },
};
