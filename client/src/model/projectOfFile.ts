import { sameUri } from './paths.js';
import type { Project } from './projects.js';

/** The project that a file is one of; else one whose services stand in it, as in an included or extended file. */
export function projectOfFile(projects: readonly Project[], uri: string): Project | undefined {
  const has = (files: readonly string[] | undefined): boolean => files?.some((file) => sameUri(file, uri)) ?? false;
  return (
    projects.find(({ workspace }) => has(workspace?.files)) ??
    projects.find(({ workspace }) => has(workspace?.services.map((service) => service.uri)))
  );
}
