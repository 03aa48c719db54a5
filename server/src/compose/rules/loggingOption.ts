import { didYouMean } from '../../text/words.js';
import { members, str, get, known } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import { targets } from '../target.js';
import { replaceWord } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const loggingOption: ServiceRule = {
  id: 'logging-option',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'The logging driver has no such option.',
    why: 'Both tools pass the options on; the Engine knows those of each driver and refuses to create the container.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    logging:\n      driver: json-file\n      options: { max_size: 10m }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    logging:\n      driver: json-file\n      options: { max-size: 10m }\n',
    tool: "unknown log opt 'max_size' for json-file log driver",
  },
  *check({ value }) {
    const driver = known(get(value, 'logging', 'driver'));
    const options = driver && drivers[String(driver.value)];
    if (!driver || !options || str(driver) === undefined) return;
    for (const { key, keyAt } of members(get(value, 'logging', 'options'))) {
      if (options.includes(key)) continue;
      const meant = nearest(key, options)[0];
      yield {
        at: keyAt,
        message: `The logging driver \`${String(driver.value)}\` has no option \`${key}\`: the Engine refuses to create the container.${didYouMean(meant)}`,
        fixes: meant ? replaceWord(keyAt, meant) : [],
      };
    }
  },
};

/** Options of every driver. */
const common = ['mode', 'max-buffer-size'];
const files = ['max-size', 'max-file', 'compress', 'labels', 'labels-regex', 'env', 'env-regex', 'tag', ...common];

/** Drivers that check their options against a list. */
const drivers: Readonly<Record<string, readonly string[] | undefined>> = { 'json-file': files, local: files };
