import type { Project } from '../model/project.js';
import { get, str } from '../model/value.js';
import { dockerfileUri, stagesOf } from './completeStages.js';
import { documentLinks } from './documentLinks.js';
import { pathAt } from './nodePath.js';

/** A file that is named in a place, and a line of it. */
export interface NamedFile {
  readonly uri: string;
  readonly line: number;
}

/** The file that a path at an offset names, or the `FROM` of the stage that `build.target` names; `folder` is where paths begin. */
export function fileDefinition(
  project: Project,
  uri: string,
  offset: number,
  folder: string,
  read: (uri: string) => string | undefined,
): NamedFile | undefined {
  const source = project.files.get(uri)?.source;
  const at = source && pathAt(source, offset);
  if (!at || at.onKey) return undefined;
  const [section, service, key, inner] = at.path;
  if (section === 'services' && key === 'build' && inner === 'target' && at.path.length === 4) {
    const build = get(project.services.get(String(service))?.value, 'build');
    const file = dockerfileUri(folder, str(get(build, 'context')) ?? '.', str(get(build, 'dockerfile')));
    const stage = stagesOf((file === undefined ? undefined : read(file)) ?? '').find(
      ({ name }) => name.toLowerCase() === str(get(build, 'target'))?.toLowerCase(),
    );
    return file !== undefined && stage ? { uri: file, line: stage.line } : undefined;
  }
  const within = offset - at.start;
  const link = documentLinks(project, uri, folder, (it) => read(it) !== undefined).find(
    ({ at: { block, start, end } }) => block === at.block && start <= within && within <= end,
  );
  return link?.url.startsWith('http') === false ? { uri: link.url, line: 0 } : undefined;
}
