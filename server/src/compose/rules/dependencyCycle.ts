import type { ProjectIndex } from '../model/projectIndex.js';
import { refuses } from '../target.js';
import { namePlace, removeReference } from './references.js';
import type { ProjectRule } from './rule.js';

export const dependencyCycle: ProjectRule = {
  id: 'dependency-cycle',
  scope: 'project',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'Services wait for each other in a circle.',
    why: "Each of them would have to start before itself. `depends_on`, `links`, `volumes_from` and joining another service's network, IPC, PID or UTS namespace all count.",
    bad: 'services:\n  web:\n    image: nginx:1.27\n    depends_on: [api]\n  api:\n    image: example/api:1\n    depends_on: [web]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    depends_on: [api]\n  api:\n    image: example/api:1\n',
    tool: 'dependency cycle detected: web -> api -> web',
  },
  *check(service, index) {
    const circle = index.tables.circles.get(service.name);
    if (!service.active || circle === undefined) return;
    for (const reference of service.references) {
      if (reference.kind !== 'service' || reference.unset) continue;
      if (index.tables.circles.get(reference.name) !== circle) continue;
      const way = wayBack(reference.name, service.name, index) ?? [reference.name, undefined, service.name];
      const round = [service.name, ...way].map((name) => (name === undefined ? '…' : `\`${name}\``)).join(' → ');
      yield {
        at: namePlace(reference),
        message: `${round} is a circle of dependencies: ${refuses.compose}.`,
        fixes: removeReference(reference).map((fix) => ({ ...fix, preferred: reference.name === service.name })),
      };
    }
  },
};

/** Longer circles are not told in full. */
const longest = 12;
/** Services that are looked at for the shortest way: a thousand of them in one circle must not look at each other. */
const most = 100;

/** The services from one to another along their dependencies, both included; undefined where that is a long way. */
function wayBack(
  from: string,
  to: string,
  { services, tables: { circles } }: ProjectIndex,
): readonly string[] | undefined {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  for (const name of before.keys()) {
    if (name === to) return trace(before, to);
    if (before.size > most) return undefined;
    const facts = services.get(name);
    if (!facts?.active) continue;
    for (const { kind, name: next } of facts.references) {
      if (kind === 'service' && !before.has(next) && circles.get(next) === circles.get(to)) before.set(next, name);
    }
  }
  return undefined;
}

function trace(before: ReadonlyMap<string, string | undefined>, end: string): readonly string[] | undefined {
  const way: string[] = [];
  for (let at: string | undefined = end; at !== undefined; at = before.get(at)) way.push(at);
  return way.length > longest ? undefined : way.reverse();
}
