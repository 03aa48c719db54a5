import { normalizeProjectName } from '../compose/model/names.js';
import type { Project } from '../compose/model/project.js';
import { get, str } from '../compose/model/value.js';
import { fileName, folderOf } from '../text/uri.js';
import type { ProjectVariables } from './variables.js';

/**
 * The name a project gets where none is given on the command line: docker compose asks `COMPOSE_PROJECT_NAME`, `name:`, then the
 * folder. A stack has none of its own; people call it what its file or else its folder is called.
 */
export function projectName({ target, root }: Project, firstFile: string, { lookup }: ProjectVariables): string {
  const folder = normalizeProjectName(fileName(folderOf(firstFile)));
  if (target === 'stack') return stackName(fileName(firstFile)) || folder || 'stack';
  const given = lookup('COMPOSE_PROJECT_NAME') || str(get(root, 'name'));
  return (given && normalizeProjectName(given)) || folder || 'default';
}

/** `shop` for `shop-stack.yaml`; empty where the file's name says no more than what kind of file it is. */
function stackName(file: string): string {
  const words = file.replace(/\.ya?ml$/i, '').split(/[-_.]/);
  return normalizeProjectName(words.filter((word) => !/^(docker|compose|stack|swarm)$/i.test(word)).join('-'));
}
