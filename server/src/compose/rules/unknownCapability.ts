import { didYouMean } from '../../text/words.js';
import { get, items, str } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import { targets } from '../target.js';
import { replaceWord } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const unknownCapability: ServiceRule = {
  id: 'unknown-capability',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'Linux knows no capability of this name.',
    why: 'The tools pass the names of `cap_add` and `cap_drop` on, and the Engine refuses to start the container.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    cap_add: [NET_ADMN]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    cap_add: [NET_ADMIN]\n',
    tool: 'invalid CapAdd: unknown capability: "CAP_NET_ADMN"',
  },
  *check({ value }) {
    for (const key of ['cap_add', 'cap_drop']) {
      for (const item of items(get(value, key))) {
        const written = str(item);
        if (!written || (item.kind === 'scalar' && item.unset)) continue;
        const name = written.toUpperCase().replace(/^CAP_/, '');
        if (name === 'ALL' || capabilities.includes(name)) continue;
        const meant = nearest(name, capabilities)[0];
        yield {
          at: item.at,
          message: `There is no capability \`${written}\`: the Engine refuses to start the container.${didYouMean(meant)}`,
          fixes: meant ? replaceWord(item.at, meant) : [],
        };
      }
    }
  },
};

/** capabilities(7), without `CAP_`. */
const capabilities: readonly string[] =
  'AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM'.split(
    ' ',
  );
