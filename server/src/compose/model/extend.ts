import type { Assembly } from './assembly.js';
import type { FileModel } from './file.js';
import { mergeMaps } from './merge.js';
import { get, isNothing, str, type MapValue, type Member, type Place, type Value } from './value.js';

/** A document with every service that extends another one merged over it. */
export function extendServices(assembly: Assembly, file: FileModel, document: MapValue): MapValue {
  const section = document.members.get('services');
  if (section?.value.kind !== 'map') return document;
  const extending = (it: Member): boolean => it.value.kind === 'map' && it.value.members.has('extends');
  if (![...section.value.members.values()].some(extending)) return document;
  const services = new Map<string, Member>();
  for (const member of section.value.members.values()) {
    if (member.value.kind !== 'map' || !member.value.members.has('extends')) {
      services.set(member.key, member);
      continue;
    }
    services.set(member.key, {
      ...member,
      value: extend(assembly, file, document, member.key, member.value, member.key, []),
    });
  }
  const value: MapValue = { ...section.value, members: services };
  return { ...document, members: new Map(document.members).set('services', { ...section, value }) };
}

/** A service with what it extends below it; `heir` is the service of the project that it is or becomes part of. */
function extend(
  assembly: Assembly,
  file: FileModel,
  document: MapValue,
  name: string,
  service: MapValue,
  heir: string,
  chain: readonly string[],
): MapValue {
  const wish = get(service, 'extends');
  if (!wish || wish.tag === '!reset') return service;
  const wanted = wish.kind === 'map' ? get(wish, 'service') : wish;
  const path = wish.kind === 'map' ? get(wish, 'file') : undefined;
  const baseName = str(wanted);
  if (!wanted || baseName === undefined) return assembly.without(service);
  const fail = (at: Place, message: string, severity: 'error' | 'warning' = 'error'): MapValue => {
    const unset = [wanted, path].some((it) => it?.kind === 'scalar' && it.unset);
    assembly.problems.push({ rule: 'extends-target', at, message, severity: unset ? 'warning' : severity });
    return assembly.without(service);
  };
  let from = file;
  let documents: readonly MapValue[] = [document];
  const pathText = str(path);
  if (path && pathText !== undefined) {
    const around = assembly.around(file);
    const opened = assembly.loader.open(pathText, around);
    if (opened === 'missing') return fail(path.at, `Extended file \`${pathText}\` does not exist.`);
    if (opened === 'remote')
      return fail(path.at, `\`${pathText}\` is not at hand here, so it is not checked.`, 'warning');
    assembly.use(opened, path.at, assembly.beside(opened, around));
    from = opened;
    documents = opened.documents;
  }
  const link = `${from.source.uri}#${baseName}`;
  if (chain.includes(link) || (from === file && baseName === name && chain.length === 0)) {
    return fail(wanted.at, `Service \`${name}\` extends itself through \`${baseName}\`: an endless circle.`);
  }
  assembly.extend(from, baseName, heir);
  for (const candidate of documents) {
    const base = emptyWhereNull(get(candidate, 'services', baseName));
    if (base?.kind !== 'map') continue;
    const path = [...chain, `${file.source.uri}#${name}`, link];
    const whole = extend(assembly, from, candidate, baseName, base, heir, path);
    const merged = mergeMaps(whole, service, ['services', name], assembly.merging(from !== file));
    if (assembly.incomplete.has(whole)) assembly.incomplete.add(merged);
    return merged;
  }
  return fail(
    wanted.at,
    `Service \`${baseName}\` is not defined${pathText ? ` in \`${pathText}\`` : ''}, so it cannot be extended.`,
  );
}

/** docker compose extends a service without anything as well as any other. */
function emptyWhereNull(base: Value | undefined): Value | undefined {
  return base && isNothing(base) ? { kind: 'map', at: base.at, flow: false, members: new Map() } : base;
}
