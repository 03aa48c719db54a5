import { Uri } from 'vscode';
import type { Ctx } from '../context.js';
import type { Target } from '../model/target.js';
import { targetOf } from '../tree/targetOf.js';
import type { TreeView } from '../tree/treeView.js';
import type { SwarmTarget } from './target.js';

export interface SwarmTargets {
  readonly target: SwarmTarget | undefined;
  /** The whole selection, where the command was called on a part of it. */
  readonly targets: readonly SwarmTarget[] | undefined;
}

/** What a Swarm command's arguments mean: nodes of the Swarm view, a file of the explorer, or a stack or its service elsewhere. */
export async function swarmTargetOf(
  ctx: Ctx,
  tree: TreeView<SwarmTarget>,
  services: TreeView<Target>,
  first: unknown,
  all: unknown,
): Promise<SwarmTargets> {
  const target = tree.value(first);
  if (target) {
    const targets = Array.isArray(all) ? all.flatMap((element) => tree.value(element) ?? []) : undefined;
    return { target, targets };
  }
  return { target: await elsewhere(ctx, services, first), targets: undefined };
}

async function elsewhere(ctx: Ctx, services: TreeView<Target>, first: unknown): Promise<SwarmTarget | undefined> {
  if (first instanceof Uri) return { kind: 'file', uri: first.toString() };
  const { target } = await targetOf(ctx, services, first, undefined);
  if (target?.kind === 'service' && target.service.swarm) return { kind: 'service', service: target.service.swarm };
  const [uri] = target?.project.workspace?.files ?? [];
  return uri === undefined ? undefined : { kind: 'file', uri };
}
