import { encodedUri, isRemote, resolveUri } from '../../text/uri.js';
import { parseImage } from '../model/image.js';
import { parseMount } from '../model/mount.js';
import type { Project } from '../model/project.js';
import { get, items, members, partOf, str, type Place, type Value } from '../model/value.js';
import type { Block } from '../syntax/tree.js';
import type { Target } from '../target.js';
import { dockerfileUri } from './completeStages.js';

export interface DocumentLink {
  readonly at: Place;
  /** A file, or a page of the web. */
  readonly url: string;
  readonly tooltip: string;
}

/** A link, and the file that must be there for it. */
interface Lead extends DocumentLink {
  readonly file?: string;
}

/** The files, folders and image pages that a file names. `exists` says which files are there. */
export function documentLinks(
  project: Project,
  uri: string,
  folder: string,
  exists: (uri: string) => boolean,
): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  const add = (leads: readonly Lead[]): void => {
    for (const lead of leads) {
      if (lead.at.block.uri === uri && (lead.file === undefined || exists(lead.file))) links.push(lead);
    }
  };
  for (const document of project.files.get(uri)?.documents ?? []) {
    for (const item of items(get(document, 'include')))
      add(toFiles(item.kind === 'map' ? get(item, 'path') : item, folder));
    for (const section of ['secrets', 'configs']) {
      for (const { value } of members(get(document, section))) add(toFile(get(value, 'file'), folder));
    }
    for (const { value } of members(get(document, 'services'))) add(inService(value, folder, project.target));
  }
  return once(links);
}

const known = new WeakMap<Value, { readonly folder: string; readonly leads: readonly Lead[] }>();

/** Those of a service are kept as long as its text is the same. */
function inService(service: Value, folder: string, target: Target): readonly Lead[] {
  const before = known.get(service);
  if (before?.folder === folder) return before.leads;
  const leads = [
    ...toImage(get(service, 'image')),
    ...toDockerfile(get(service, 'build'), folder),
    ...toFiles(get(service, 'env_file'), folder, 'path'),
    ...toFiles(get(service, 'label_file'), folder),
    ...toFile(get(service, 'extends', 'file'), folder),
    ...items(get(service, 'volumes')).flatMap((mount) => toMounted(mount, folder, target)),
  ];
  known.set(service, { folder, leads });
  return leads;
}

function toFile(value: Value | undefined, folder: string, at?: Place): readonly Lead[] {
  const path = str(value);
  if (value?.kind !== 'scalar' || value.unset || !path) return [];
  const link = { at: at ?? value.at, tooltip: 'Open' };
  const file = resolveUri(folder, path);
  if (file !== undefined) return [{ ...link, file, url: encodedUri(file) }];
  return isRemote(path) && /^https?:/.test(path) ? [{ ...link, url: path }] : [];
}

/** Of a list or of one; `key` is where a map has its path. */
function toFiles(value: Value | undefined, folder: string, key?: string): readonly Lead[] {
  const all = value?.kind === 'seq' ? value.items : [value];
  return all.flatMap((item) => toFile(key && item?.kind === 'map' ? get(item, key) : item, folder));
}

function toDockerfile(build: Value | undefined, folder: string): readonly Lead[] {
  const context = build?.kind === 'map' ? get(build, 'context') : build;
  const dockerfile = get(build, 'dockerfile');
  const at = dockerfile?.at ?? context?.at;
  const file = dockerfileUri(folder, str(context) ?? '.', str(dockerfile));
  return !at || file === undefined ? [] : [{ at, file, url: encodedUri(file), tooltip: 'Open the Dockerfile' }];
}

function toMounted(mount: Value, folder: string, target: Target): readonly Lead[] {
  if (mount.kind === 'map') return str(get(mount, 'type')) === 'bind' ? toFile(get(mount, 'source'), folder) : [];
  const short = mount.kind === 'scalar' ? parseMount(String(mount.value), target).value : undefined;
  if (mount.kind !== 'scalar' || short?.type !== 'bind' || !short.sourceSpan || mount.interpolated) return [];
  return toFile({ ...mount, value: short.source ?? '' }, folder, partOf(mount, short.sourceSpan));
}

/** The page of an image of Docker Hub; other registries have none that is known. */
function toImage(image: Value | undefined): readonly Lead[] {
  if (image?.kind !== 'scalar' || image.unset) return [];
  const reference = parseImage(String(image.value)).value;
  if (reference?.registry !== 'docker.io') return [];
  const { repository } = reference;
  const page = repository.startsWith('library/') ? repository.replace('library/', '_/') : `r/${repository}`;
  return [{ at: image.at, url: `https://hub.docker.com/${page}`, tooltip: 'Open on Docker Hub' }];
}

/** Text that several services read through an alias has one link. */
function once(links: readonly DocumentLink[]): readonly DocumentLink[] {
  const starts = new Map<Block, Set<number>>();
  return links.filter(({ at: { block, start } }) => {
    const seen = starts.get(block) ?? new Set();
    starts.set(block, seen);
    return !seen.has(start) && seen.add(start);
  });
}
