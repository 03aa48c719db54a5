import type { Ctx } from './context.js';
import { askCompose, composeProject } from './commands/compose.js';
import { hashArgs } from './engine/argv.js';
import type { Project } from './model/projects.js';

/**
 * Finds out which services run with another definition than their file now holds, by the hash that Compose itself labels
 * containers with. One run of Compose per project and change of its files: it costs some 200 ms of a core.
 */
export function watchDrift(ctx: Ctx, found: (hashes: ReadonlyMap<string, string>) => void): Drift {
  const asked = new Set<string>();
  const hashes = new Map<string, string>();
  let queue = Promise.resolve();

  async function ask(project: Project): Promise<void> {
    try {
      // With the profiles of what is there: without them Compose does not name its services.
      const compose = await composeProject(ctx, project, 'name');
      const stdout = await askCompose(ctx, compose, hashArgs(compose));
      for (const { key } of project.services) hashes.delete(key);
      for (const [service, hash] of readHashes(stdout)) hashes.set(`${project.key}/${service}`, hash);
      found(new Map(hashes));
    } catch (error) {
      // A file in the middle of an edit, or no Compose: then nothing is said about drift.
      ctx.log.debug(`Drift of ${project.name} is not known: ${String(error)}`);
    }
  }

  return {
    forget: () => asked.clear(),
    look(projects) {
      if (!ctx.ui.trusted) return;
      for (const project of projects) {
        const there = project.services.some(({ replicas }) => replicas.length > 0);
        if (!project.workspace || project.target === 'stack' || !there) continue;
        if (asked.has(project.key)) continue;
        asked.add(project.key);
        queue = queue.then(() => ask(project));
      }
    },
  };
}

export interface Drift {
  /** A file was saved: what was found out may no longer hold. */
  forget(): void;
  /** Asks about the projects that run and were not asked about since. */
  look(projects: readonly Project[]): void;
}

/** Lines of `service hash`. */
function readHashes(stdout: string): ReadonlyMap<string, string> {
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(pairs.flatMap(([service, hash]) => (service && hash ? [[service, hash] as const] : [])));
}
