import { Uri } from 'vscode';
import type { Ctx } from '../context.js';
import type { Target } from '../model/target.js';
import { projectOfFile } from '../model/projectOfFile.js';
import type { TreeView } from './treeView.js';

export interface Targets {
  readonly target: Target | undefined;
  readonly targets: readonly Target[] | undefined;
}

/** What a code lens or a test names: a file's project, or one of its services. */
export interface NamedTarget {
  readonly uri: string;
  readonly service?: string;
}

/** What a command's arguments mean: nodes of the tree, files of the explorer, or names from a code lens. */
export async function targetOf(ctx: Ctx, tree: TreeView<Target>, first: unknown, all: unknown): Promise<Targets> {
  const node = tree.value(first);
  if (node) {
    const targets = Array.isArray(all) ? all.flatMap((element) => tree.value(element) ?? []) : undefined;
    return { target: node, targets };
  }
  if (first instanceof Uri) {
    const files = Array.isArray(all) ? all.filter((one): one is Uri => one instanceof Uri) : [];
    return { target: await fileTarget(ctx, first.toString(), files.map(String)), targets: undefined };
  }
  if (isNamed(first)) return { target: await namedTarget(ctx, first), targets: undefined };
  return { target: undefined, targets: undefined };
}

/** The project of a file. Several files chosen together are one project, in the order they were chosen: as with several `-f`. */
async function fileTarget(ctx: Ctx, uri: string, together: readonly string[]): Promise<Target | undefined> {
  const project = projectOfFile(await ctx.projects(), uri);
  if (!project?.workspace || together.length < 2) return project && { kind: 'project', project };
  const workspace = { ...project.workspace, files: together };
  return { kind: 'project', project: { ...project, workspace, variants: [], files: undefined } };
}

async function namedTarget(ctx: Ctx, { uri, service: name }: NamedTarget): Promise<Target | undefined> {
  const project = projectOfFile(await ctx.projects(), uri);
  const service = project?.services.find((one) => one.name === name);
  if (!project) return undefined;
  return service ? { kind: 'service', project, service } : { kind: 'project', project };
}

function isNamed(argument: unknown): argument is NamedTarget {
  return typeof argument === 'object' && argument !== null && typeof (argument as NamedTarget).uri === 'string';
}
