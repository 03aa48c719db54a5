import * as vscode from 'vscode';
import type { Snapshot } from '../engine/snapshot.js';
import { TreeView } from '../tree/treeView.js';
import { searchWords, swarmNodes } from './nodes.js';
import { present } from './present.js';
import type { SwarmTarget } from './target.js';

export interface SwarmView extends vscode.Disposable {
  readonly tree: TreeView<SwarmTarget>;
  show(snapshot: Snapshot): void;
  /** Selects the task with this id; false where it is not shown. */
  reveal(id: string): boolean;
}

export function swarmView(): SwarmView {
  const tree = new TreeView<SwarmTarget>({ view: 'longshore.swarm', present, words: searchWords });
  return {
    tree,
    show(snapshot) {
      tree.show(swarmNodes(snapshot));
      void vscode.commands.executeCommand('setContext', 'longshore.swarm', snapshot.info?.swarm.state ?? 'unknown');
      const error = snapshot.swarm?.error ?? snapshot.info?.swarm.error;
      tree.view.message = error ? `${error} Services and nodes are unknown until the managers agree again.` : '';
      const down = snapshot.swarm?.nodes.filter(({ state }) => state === 'down') ?? [];
      tree.view.badge =
        down.length > 0
          ? { value: down.length, tooltip: `Down: ${down.map(({ hostname }) => hostname).join(', ')}` }
          : undefined;
    },
    reveal: (id) => tree.reveal((target) => target.kind === 'task' && target.task.id === id),
    dispose: () => tree.dispose(),
  };
}
