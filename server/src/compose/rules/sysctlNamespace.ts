import { items, members, get, known, type Place, type Value } from '../model/value.js';
import { entryAt } from '../syntax/find.js';
import { targets } from '../target.js';
import { removeItemAt, removeKey } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const sysctlNamespace: ServiceRule = {
  id: 'sysctl-namespace',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A kernel setting that no container has for itself.',
    why: 'A container has its own `net.*`, `fs.mqueue.*` and the settings of IPC (`kernel.shm…`, `kernel.msg…`, `kernel.sem`). Others, such as `vm.max_map_count`, are of the host and set there with `sysctl -w`: the container is not started.',
    bad: 'services:\n  search:\n    image: example/search:8\n    sysctls:\n      vm.max_map_count: 262144\n',
    good: 'services:\n  search:\n    image: example/search:8\n    sysctls:\n      net.core.somaxconn: 1024\n',
    tool: 'sysctl "vm.max_map_count" is not in a separate kernel namespace',
  },
  *check({ value }) {
    for (const { name, at } of names(get(value, 'sysctls'))) {
      if (own.test(name)) continue;
      const removed = entryAt(at.block, at.start) ? removeKey : removeItemAt;
      yield {
        at,
        message: `\`${name}\` is a setting of the host and not of a container: the container cannot start.`,
        fixes: removed(at, `Remove \`${name}\``, { preferred: false }),
      };
    }
  },
};

function* names(sysctls: Value | undefined): Iterable<{ readonly name: string; readonly at: Place }> {
  for (const { key, keyAt } of members(sysctls)) yield { name: key, at: keyAt };
  for (const item of items(sysctls)) {
    const written = known(item);
    if (typeof written?.value === 'string') yield { name: written.value.split('=')[0] ?? '', at: written.at };
  }
}

/** As runc has them; a `/` stands for a `.`. */
const own =
  /^(?:net[./].+|fs[./]mqueue[./].+|kernel[./](?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced|domainname|hostname))$/;
