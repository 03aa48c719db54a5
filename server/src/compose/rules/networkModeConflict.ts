import { get, items, members, str, entry } from '../model/value.js';
import { removeKey } from './fixes.js';
import { softer } from './grammar.js';
import { refuses } from '../target.js';
import type { ServiceRule } from './rule.js';

export const networkModeConflict: ServiceRule = {
  id: 'network-mode-conflict',
  scope: 'service',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'A service has both `network_mode` and `networks`.',
    why: 'A container that shares the network of the host or of another container, or has none, cannot join networks.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n    networks: [front]\nnetworks:\n  front:\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n  front:\n',
    tool: 'service web declares mutually exclusive `network_mode` and `networks`',
  },
  *check({ value, active }) {
    const mode = entry(value, 'network_mode');
    const networks = get(value, 'networks');
    if (!active || !mode || str(mode.value) === '') return;
    if (items(networks).length === 0 && [...members(networks)].length === 0) return;
    yield {
      at: mode.keyAt,
      message: `\`network_mode\` and \`networks\` exclude each other: ${refuses.compose}.`,
      ...softer(mode.value),
      fixes: [
        ...removeKey(mode.keyAt, 'Remove `network_mode`'),
        ...removeKey(entry(value, 'networks')?.keyAt ?? mode.keyAt, 'Remove `networks`', { preferred: false }),
      ],
    };
  },
};
