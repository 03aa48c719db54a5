import type { Assembly } from './assembly.js';
import type { FileModel } from './file.js';
import { createService, noProfiles, type Service } from './service.js';
import { get, members as membersOf, type MapValue, type Member, type SeqValue, type Value } from './value.js';

/** Lists that docker compose takes apart in every file as it reads it, whatever becomes of them in others. */
const readFirst = ['devices', 'ports', 'volumes'] as const;

/**
 * What docker compose reads out of a service before another file or service replaces it: items in the short form, and long ones
 * that do not say where they lead. Undefined where there is none.
 */
function firstReading({ key, keyAt, value }: Member): Service | undefined {
  if (value.kind !== 'map') return undefined;
  const members = new Map<string, Member>();
  for (const name of readFirst) {
    const member = value.members.get(name);
    if (member?.value.kind !== 'seq') continue;
    const items = member.value.items.filter((item) => item.kind !== 'map' || !get(item, 'target'));
    const list: SeqValue = { ...member.value, items };
    if (items.length > 0) members.set(name, { ...member, value: list });
  }
  if (members.size === 0) return undefined;
  const service: MapValue = { ...value, members };
  return createService(key, keyAt, service, { complete: true, selectedProfiles: noProfiles, target: 'compose' });
}

/** The services of a file of which only some are extended, as it has them. */
export function* servicesOf(assembly: Assembly, file: FileModel): Iterable<Service> {
  let root: MapValue | undefined;
  for (const document of file.documents) root = assembly.merge(root, document);
  for (const member of membersOf(get(root, 'services'))) {
    const service = firstReading(member);
    if (service) yield service;
  }
}

/** The services of which a later file replaces or drops something. */
export function* replacedServices(base: MapValue, over: MapValue): Iterable<Service> {
  const services = get(over, 'services');
  if (!services) return;
  for (const member of membersOf(get(base, 'services'))) {
    const later = services.tag === undefined ? get(services, member.key) : services;
    const service = later && replaces(later) ? firstReading(member) : undefined;
    if (service) yield service;
  }
}

function replaces(service: Value): boolean {
  return service.tag !== undefined || readFirst.some((name) => get(service, name)?.tag !== undefined);
}
