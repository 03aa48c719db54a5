import type { ServiceFacts } from './service.js';

/**
 * Groups of services that depend on each other in circles (Tarjan's strongly connected components, without recursion): two
 * services are in one circle where both have the same number. Services in no circle are absent.
 */
export function dependencyCircles(services: ReadonlyMap<string, ServiceFacts>): ReadonlyMap<string, number> {
  const circles = new Map<string, number>();
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  let count = 0;

  for (const root of services.keys()) {
    if (order.has(root)) continue;
    const path = [enter(root)];
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { value: next, done } = step.next.next();
      if (!done) {
        if (!order.has(next)) path.push(enter(next));
        else if (isOpen.has(next)) lower(step.name, order.get(next));
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.name, low.get(step.name));
      if (low.get(step.name) === order.get(step.name)) close(step.name);
    }
  }
  return circles;

  function enter(name: string): { readonly name: string; readonly next: Generator<string, undefined> } {
    order.set(name, order.size);
    low.set(name, order.size - 1);
    open.push(name);
    isOpen.add(name);
    return { name, next: dependencies(services, name) };
  }

  function lower(name: string, to = Infinity): void {
    low.set(name, Math.min(low.get(name) ?? Infinity, to));
  }

  function close(root: string): void {
    const group = open.splice(open.lastIndexOf(root));
    group.forEach((name) => isOpen.delete(name));
    const [only] = group;
    const alone = group.length === 1 && only !== undefined && ![...dependencies(services, only)].includes(only);
    if (!alone) group.forEach((name) => circles.set(name, count));
    count++;
  }
}

/** The active services that an active service depends on. */
function* dependencies(services: ReadonlyMap<string, ServiceFacts>, name: string): Generator<string, undefined> {
  const facts = services.get(name);
  if (!facts?.active) return undefined;
  for (const reference of facts.references) {
    if (reference.kind === 'service' && services.has(reference.name)) yield reference.name;
  }
  return undefined;
}
