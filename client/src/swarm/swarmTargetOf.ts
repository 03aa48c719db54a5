import { Uri } from 'vscode';
import type { Target } from '../model/target.js';
import type { TreeView } from '../tree/treeView.js';
import type { SwarmTarget } from './target.js';

/** What a Swarm command's argument means: a node of the Swarm view, a file of the explorer, or a stack among the services. */
export function swarmTargetOf(
  tree: TreeView<SwarmTarget>,
  services: TreeView<Target>,
  first: unknown,
): SwarmTarget | undefined {
  const node = tree.value(first);
  if (node) return node;
  if (first instanceof Uri) return { kind: 'file', uri: first.toString() };
  const [uri] = services.value(first)?.project.workspace?.files ?? [];
  return uri === undefined ? undefined : { kind: 'file', uri };
}
