import { access } from 'node:fs/promises';
import { parse } from 'node:path';
import type { Ctx } from '../context.js';
import type { ComposeProject } from '../engine/argv.js';
import type { CliResult } from '../engine/cli.js';
import { pathOf } from '../model/paths.js';
import type { Project } from '../model/projects.js';
import { Refusal } from './refusal.js';
import { stackDeploy } from './swarm/stacks.js';

/**
 * How Compose is told about a project. What runs was started with certain files, and those count while they are there: others
 * would mean another project. Throws `Refusal` for a stack and, where files are needed, for files that are not on this machine.
 */
export async function composeProject(
  ctx: Ctx,
  project: Project,
  needs: 'files' | 'name' = 'files',
): Promise<ComposeProject> {
  if (project.target === 'stack') throw isStack(project);
  // Compose leaves services of other profiles alone, and what is there is to be stopped and removed all the same.
  const there = project.services.flatMap(({ replicas, declared }) =>
    needs === 'name' && replicas.length > 0 ? (declared?.profiles ?? []) : [],
  );
  const profiles = [...new Set([...ctx.config.get('compose.profiles'), ...there])];
  const { workspace, files } = project;
  if (files && files.configFiles.length > 0 && (await allExist([...files.configFiles, ...files.envFiles]))) {
    const { workingDir, configFiles, envFiles } = files;
    return { name: project.name, folder: workingDir, files: configFiles, envFiles, profiles };
  }
  if (workspace) {
    const paths = workspace.files.map(pathOf);
    const folder = pathOf(workspace.folder);
    if (folder === undefined || !paths.every((path) => path !== undefined)) {
      throw new Refusal(`The files of ${project.name} are not on this machine's disk, so Compose cannot read them.`);
    }
    const envFiles = workspace.envFiles.flatMap((uri) => pathOf(uri) ?? []);
    return { name: project.name, folder, files: paths, envFiles, profiles };
  }
  if (needs === 'files') {
    const listed = files?.configFiles.join(', ') || 'which its containers do not name';
    throw new Refusal(
      `The files of project ${project.name} are not on this machine (${listed}). It can be stopped and removed from here, but not built or scaled.`,
    );
  }
  return { name: project.name, folder: undefined, files: [], envFiles: [], profiles: [] };
}

function isStack({ name, workspace }: Project): Refusal {
  const deploy = workspace?.files.slice(0, 1).map((uri) => ({
    title: 'Deploy Stack…',
    run: (ctx: Ctx) => stackDeploy.run(ctx, { kind: 'file', uri }),
  }));
  return new Refusal(`${name} is a stack: Compose does not run it, \`docker stack deploy\` does.`, ...(deploy ?? []));
}

/** What Compose prints. It is shown to nobody, and not logged: it may hold secrets. */
export async function askCompose(
  ctx: Ctx,
  project: ComposeProject,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  return (await ctx.cli.run(args, { cwd: folderOf(project), ...(signal && { signal }) })).stdout;
}

/** Runs Compose and shows what it reports. */
export async function runCompose(
  ctx: Ctx,
  title: string,
  project: ComposeProject,
  args: readonly string[],
  outer?: { readonly report: (message: string) => void; readonly signal: AbortSignal },
): Promise<CliResult> {
  const cwd = folderOf(project);
  const run = (report: (message: string) => void, signal: AbortSignal): Promise<CliResult> =>
    ctx.cli.run(args, { cwd, signal, progress: (line) => report(progressText(line)) });
  return outer ? run(outer.report, outer.signal) : ctx.ui.progress(title, run);
}

/** Where no file of the present folder can slip in. */
function folderOf({ folder }: ComposeProject): string {
  return folder ?? parse(process.cwd()).root;
}

/** ` Container shop-api-2  Starting` → `shop-api-2 starting`. */
export function progressText(line: string): string {
  const [, name, step] = /^(?:Container|Network|Volume|Image)\s+"?([^\s"]+)"?\s+(\w+)/.exec(line) ?? [];
  return name && step ? `${name} ${step.toLowerCase()}` : line;
}

async function allExist(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}
