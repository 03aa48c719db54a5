import type { ProjectIndex } from '../model/projectIndex.js';
import { isExternal } from '../model/resource.js';
import type { ReferenceKind } from '../model/service.js';
import type { Place } from '../model/value.js';
import { targets } from '../target.js';
import { replaceText, type Fixes } from './fixes.js';
import { likely } from './references.js';
import type { ProjectRule, ResourceRule } from './rule.js';

// The other end of a name that is used and not declared: what was probably meant. Each says nothing where the use is no finding.

export const renamedResource: ResourceRule = {
  id: 'renamed-resource',
  scope: 'resource',
  severity: 'warning',
  targets,
  docs: {
    summary: 'Nothing uses a network, volume, secret or config, and a name like it is used that nothing declares.',
    why: 'One end was renamed and the other was not. Which of the two is right only its author knows, so both are shown.',
    bad: 'services:\n  db:\n    image: postgres:17\n    volumes: ["data:/var/lib/postgresql/data"]\nvolumes:\n  db-data:\n',
    good: 'services:\n  db:\n    image: postgres:17\n    volumes: ["db-data:/var/lib/postgresql/data"]\nvolumes:\n  db-data:\n',
  },
  *check(resource, index) {
    const { kind, name, nameAt } = resource;
    const declared = index.declared[kind];
    if (!index.complete || (kind === 'network' && name === 'default')) return; // every service joins that one
    const found = otherEnd(index, kind, name, declared, true);
    if (!found) return;
    const fixes = isExternal(resource) ? [] : renameTo(nameAt, found.name);
    yield {
      at: nameAt,
      message: `Nothing uses ${kind} \`${name}\`; \`${found.name}\`, which \`${found.user}\` uses, is not declared.`,
      fixes,
    };
  },
};

export const renamedService: ProjectRule = {
  id: 'renamed-service',
  scope: 'project',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'Nothing refers to a service, and others refer to one of a name like it that is not there.',
    why: 'The service was renamed and those that refer to it were not, or the other way round. Both ends are shown.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    depends_on: [db]\n  db2:\n    image: postgres:17\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    depends_on: [db2]\n  db2:\n    image: postgres:17\n',
  },
  *check({ name, nameAt }, index) {
    const found = index.complete ? otherEnd(index, 'service', name, index.services, false) : undefined;
    if (!found) return;
    const message = `Nothing refers to service \`${name}\`; \`${found.name}\`, which \`${found.user}\` refers to, is not defined.`;
    yield { at: nameAt, message, fixes: renameTo(nameAt, found.name) };
  },
};

/** Where more names than these are undeclared, more is missing than a name. */
const atMost = 20;

/** The name that is used in place of one that nothing uses: one like it, or the only one there is for the only one left over. */
function otherEnd(
  { tables }: ProjectIndex,
  kind: ReferenceKind,
  name: string,
  declared: ReadonlyMap<string, unknown>,
  onlyOneWillDo: boolean,
): { readonly name: string; readonly user: string } | undefined {
  const undeclared = tables.undeclared.get(kind);
  const uses = tables.uses.get(kind);
  if (!undeclared || undeclared.size > atMost || uses?.has(name)) return undefined;
  const isLeftOver = (): boolean =>
    onlyOneWillDo && undeclared.size === 1 && [...declared.keys()].every((it) => it === name || uses?.has(it));
  const open = [...undeclared.keys()];
  const alike = likely(name, open)[0] ?? open.find((it) => likely(it, [name]).length > 0);
  const meant = alike ?? (isLeftOver() ? open[0] : undefined);
  const user = undeclared.get(meant ?? '');
  return meant === undefined || user === undefined || user === name ? undefined : { name: meant, user };
}

function renameTo(at: Place, name: string): Fixes {
  return replaceText(at, name, `Rename to \`${name}\``, { preferred: false });
}
