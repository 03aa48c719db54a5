import { get, isNothing, items, members, sameValue, str, type Value } from './value.js';

/**
 * Whether docker compose takes a thing that is declared twice for the same: what is included is written out and its paths are made
 * whole before that, what includes it is not.
 */
export function isSameAsIncluded(section: string, included: Value, own: Value): boolean {
  return sameValue(included, own) && !isWrittenOut(section, own);
}

function isWrittenOut(section: string, value: Value): boolean {
  if (section !== 'services') return isRelative(get(value, 'file'));
  return [...members(value)].some(({ key, value: attribute }) => changes[key]?.(attribute) === true);
}

/** Whether an attribute of a service is another one when it is written out. */
const changes: Readonly<Record<string, (value: Value) => boolean>> = {
  build: (build) => build.kind === 'scalar' || str(get(build, 'context'))?.startsWith('/') !== true,
  configs: hasShortItems,
  depends_on: (all) =>
    all.kind === 'seq' || [...members(all)].some(({ value }) => !get(value, 'condition') || !get(value, 'required')),
  devices: hasShortItems,
  dns: isText,
  env_file: (files) => !isNothing(files),
  label_file: (files) => isText(files) || items(files).some(isRelative),
  models: isList,
  networks: isList,
  ports: (all) => hasShortItems(all) || items(all).some((port) => !get(port, 'protocol') || !get(port, 'mode')),
  secrets: (all) => hasShortItems(all) || items(all).some((secret) => !get(secret, 'target')),
  volumes: (all) =>
    hasShortItems(all) ||
    items(all).some((mount) => str(get(mount, 'type')) === 'bind' && isRelative(get(mount, 'source'))),
};

function hasShortItems(list: Value): boolean {
  return items(list).some(({ kind }) => kind === 'scalar');
}

function isList({ kind }: Value): boolean {
  return kind === 'seq';
}

function isText(value: Value): boolean {
  return str(value) !== undefined;
}

function isRelative(path: Value | undefined): boolean {
  const text = str(path);
  return text !== undefined && !text.startsWith('/');
}
