import { encodedUri, folderOf, isRemote, resolveUri } from '../../text/uri.js';
import { parseImage } from '../model/image.js';
import { parseMount } from '../model/mount.js';
import type { Project } from '../model/project.js';
import { get, items, members, partOf, str, type Place, type ScalarValue, type Value } from '../model/value.js';
import type { Block } from '../syntax/tree.js';
import { dockerfileUri } from './completeStages.js';

export interface DocumentLink {
  readonly at: Place;
  /** A file, or a page of the web. */
  readonly url: string;
  readonly tooltip: string;
}

/** The files, folders and image pages that a file names. `exists` says which files are there. */
export function documentLinks(
  project: Project,
  uri: string,
  folder: string,
  exists: (uri: string) => boolean,
): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  const file = project.files.get(uri);
  const add = (value: Value | undefined, base = folder, at?: Place): void => {
    const path = str(value);
    if (value?.kind !== 'scalar' || value.unset || !path) return;
    const target = resolveUri(base, path);
    if (target !== undefined && exists(target))
      links.push({ at: at ?? value.at, url: encodedUri(target), tooltip: 'Open' });
    else if (isRemote(path) && /^https?:/.test(path)) links.push({ at: at ?? value.at, url: path, tooltip: 'Open' });
  };
  const addAll = (value: Value | undefined, key?: string, base?: string): void => {
    for (const item of value?.kind === 'seq' ? value.items : [value])
      add(key && item?.kind === 'map' ? get(item, key) : item, base);
  };
  for (const document of file?.documents ?? []) {
    for (const item of items(get(document, 'include'))) {
      const own = folderOf(uri);
      addAll(item.kind === 'map' ? get(item, 'path') : item, undefined, own);
    }
    for (const section of ['secrets', 'configs']) {
      for (const { value } of members(get(document, section))) add(get(value, 'file'));
    }
    for (const { value } of members(get(document, 'services'))) {
      if (value.kind !== 'map') continue;
      const image = get(value, 'image');
      if (image?.kind === 'scalar' && !image.unset) links.push(...imageLink(image));
      addBuild(get(value, 'build'));
      addAll(get(value, 'env_file'), 'path');
      addAll(get(value, 'label_file'));
      add(get(get(value, 'extends'), 'file'), folderOf(uri));
      for (const mount of items(get(value, 'volumes'))) addMount(mount);
    }
  }
  return once(links.filter(({ at }) => at.block.uri === uri));

  function addBuild(build: Value | undefined): void {
    const context = build?.kind === 'map' ? get(build, 'context') : build;
    const path = str(context) ?? '.';
    const dockerfile = get(build, 'dockerfile');
    const target = dockerfileUri(folder, path, str(dockerfile));
    if (target === undefined || !exists(target)) return;
    const at = dockerfile?.at ?? context?.at;
    if (at) links.push({ at, url: encodedUri(target), tooltip: 'Open the Dockerfile' });
  }

  function addMount(mount: Value): void {
    if (mount.kind === 'map') {
      if (str(get(mount, 'type')) === 'bind') add(get(mount, 'source'));
      return;
    }
    const short = mount.kind === 'scalar' ? parseMount(String(mount.value), project.target).value : undefined;
    if (mount.kind !== 'scalar' || short?.type !== 'bind' || !short.sourceSpan || mount.interpolated) return;
    add({ ...mount, value: short.source ?? '' }, folder, partOf(mount, short.sourceSpan));
  }
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

/** The page of an image of Docker Hub; other registries have none that is known. */
function imageLink(image: ScalarValue): readonly DocumentLink[] {
  const reference = parseImage(String(image.value)).value;
  if (reference?.registry !== 'docker.io') return [];
  const { repository } = reference;
  const page = repository.startsWith('library/') ? repository.replace('library/', '_/') : `r/${repository}`;
  return [{ at: image.at, url: `https://hub.docker.com/${page}`, tooltip: 'Open on Docker Hub' }];
}
