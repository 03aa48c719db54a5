import { Uri } from 'vscode';
import type { Target } from '../model/target.js';
import type { TreeView } from '../tree/treeView.js';
import type { SwarmTarget } from './target.js';

export interface SwarmTargets {
  readonly target: SwarmTarget | undefined;
  /** The whole selection, where the command was called on a part of it. */
  readonly targets: readonly SwarmTarget[] | undefined;
}

/** What a Swarm command's arguments mean: nodes of the Swarm view, a file of the explorer, or a stack among the services. */
export function swarmTargetOf(
  tree: TreeView<SwarmTarget>,
  services: TreeView<Target>,
  first: unknown,
  all: unknown,
): SwarmTargets {
  const target = tree.value(first);
  if (target) {
    const targets = Array.isArray(all) ? all.flatMap((element) => tree.value(element) ?? []) : undefined;
    return { target, targets };
  }
  const [listed] = services.value(first)?.project.workspace?.files ?? [];
  const uri = first instanceof Uri ? first.toString() : listed;
  return { target: uri === undefined ? undefined : { kind: 'file', uri }, targets: undefined };
}
