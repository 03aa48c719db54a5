import { didYouMean } from '../../text/words.js';
import { members, get, num } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import { targets } from '../target.js';
import { replaceText, replaceWord } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const ulimit: ServiceRule = {
  id: 'ulimit',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A limit of processes that the Engine does not take.',
    why: 'The names are those of setrlimit(2) in small letters, and the soft limit is not above the hard one; -1 is no limit. Both tools take anything else; the Engine then refuses to create the container.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ulimits:\n      nofile: { soft: 65536, hard: 1024 }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ulimits:\n      nofile: { soft: 1024, hard: 1024 }\n',
    tool: 'ulimit soft limit must be less than or equal to hard limit: 65536 > 1024',
  },
  *check({ value }) {
    for (const { key, keyAt, value: limit } of members(get(value, 'ulimits'))) {
      if (!names.includes(key)) {
        const meant = nearest(key, names)[0];
        yield {
          at: keyAt,
          message: `There is no limit \`${key}\`: the Engine refuses to create the container.${didYouMean(meant)}`,
          fixes: meant ? replaceWord(keyAt, meant) : [],
        };
      }
      const [at, soft, hard] = [get(limit, 'soft'), num(get(limit, 'soft')), num(get(limit, 'hard'))];
      if (!at || soft === undefined || hard === undefined || !isAbove(soft, hard)) continue;
      yield {
        at: at.at,
        message: `The soft limit ${soft} is above the hard one, ${hard}: the Engine refuses to create the container.`,
        fixes: replaceText(at.at, String(hard), `Change to \`${hard}\``),
      };
    }
  },
};

function isAbove(soft: number, hard: number): boolean {
  return hard !== -1 && (soft === -1 || soft > hard);
}

const names: readonly string[] =
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' ');
