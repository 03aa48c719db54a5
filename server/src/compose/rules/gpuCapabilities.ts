import { didYouMean } from '../../text/words.js';
import { gpuCapabilities as choices } from '../../../../schemas/common.js';
import { items, get, entry, known, type Value } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import { replaceWord, replaceText } from './fixes.js';
import type { Finding, ServiceRule } from './rule.js';

export const gpuCapabilities: ServiceRule = {
  id: 'gpu-capabilities',
  scope: 'service',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'No driver has the capabilities that are asked for.',
    why: 'The Engine picks a driver that has every capability in the list, letter by letter. `GPU` or a word of your own finds none, and the container does not start; an empty list asks for nothing.',
    bad: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - count: 1\n              capabilities: [GPU]\n',
    good: 'services:\n  api:\n    image: nginx:1.27\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - count: 1\n              capabilities: [gpu]\n',
    tool: 'could not select device driver "" with capabilities: [[GPU]]',
  },
  *check({ value }) {
    for (const request of items(get(value, 'deploy', 'resources', 'reservations', 'devices')))
      yield* inRequest(request);
    for (const request of items(get(value, 'gpus'))) yield* inRequest(request);
  },
};

const words = choices.choices?.map(({ value }) => value) ?? [];

function* inRequest(request: Value): Iterable<Finding> {
  const capabilities = entry(request, 'capabilities');
  const driver = get(request, 'driver');
  const ownDriver = driver?.kind === 'scalar' && driver.value !== 'nvidia';
  if (!capabilities || ownDriver) return;
  const list = items(capabilities.value);
  if (capabilities.value.kind === 'seq' && list.length === 0) {
    yield {
      at: capabilities.keyAt,
      message: '`capabilities` is empty, so no driver is found for the device. Ask for `gpu`.',
      fixes: capabilities.value.flow ? replaceText(capabilities.value.at, '[gpu]', 'Ask for `gpu`') : [],
    };
  }
  for (const item of list) {
    const word = known(item);
    if (typeof word?.value !== 'string' || words.includes(word.value)) continue;
    const lower = word.value.toLowerCase();
    const meant = words.includes(lower) ? lower : nearest(lower, words)[0];
    yield {
      at: word.at,
      message: words.includes(lower)
        ? `Capabilities are lower case: no driver has \`${word.value}\`.`
        : `No driver is known to have the capability \`${word.value}\`.${didYouMean(meant)}`,
      fixes: meant && !word.interpolated ? replaceWord(word.at, meant) : [],
    };
  }
}
