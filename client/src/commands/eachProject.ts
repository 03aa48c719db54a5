import type { Project } from '../model/projects.js';
import { isCancelled } from './register.js';
import { Refusal } from './refusal.js';

/**
 * Does one thing to each project in turn; one that fails leaves the others alone, and whoever cancels leaves what is still to come.
 * Throws the failure as it is where there is one project, and of several a `Refusal` with what each said.
 */
export async function eachProject(
  projects: Iterable<Project>,
  act: (project: Project) => Promise<unknown>,
): Promise<void> {
  const all = [...projects];
  const failures: string[] = [];
  for (const project of all) {
    try {
      await act(project);
    } catch (error) {
      if (all.length === 1 || isCancelled(error)) throw error;
      failures.push(`${project.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (failures.length > 0)
    throw new Refusal(`${failures.length} of ${all.length} projects failed. ${failures.join(' ')}`);
}
