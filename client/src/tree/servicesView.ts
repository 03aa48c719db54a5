import * as vscode from 'vscode';
import type { Ctx } from '../context.js';
import type { Snapshot } from '../engine/snapshot.js';
import type { Project } from '../model/projects.js';
import type { Target } from '../model/target.js';
import { present } from './present.js';
import { searchWords, serviceNodes } from './serviceNodes.js';
import { TreeView } from './treeView.js';
import { usageText } from './usageText.js';

export interface ServicesView extends vscode.Disposable {
  readonly tree: TreeView<Target>;
  show(projects: readonly Project[], snapshot: Snapshot): void;
  /** Selects the replica or task with this id of the Engine's; false where it is not shown. */
  reveal(id: string): boolean;
}

export function servicesView(ctx: Ctx): ServicesView {
  const tree = new TreeView<Target>({
    view: 'longshore.services',
    present,
    words: searchWords,
    details: async (target) => {
      if (target.kind !== 'replica' || target.replica.state !== 'running') return undefined;
      const engine = await ctx.engine();
      const { id } = target.replica;
      const [details, usage] = await Promise.all([engine.inspect(id), engine.usage(id)]);
      return usageText(details, usage, Date.now());
    },
  });
  return {
    tree,
    show(projects, { state }) {
      tree.show(serviceNodes(projects));
      void vscode.commands.executeCommand(
        'setContext',
        'longshore.engine',
        state.kind === 'unreachable' && state.denied ? 'denied' : state.kind,
      );
      // With no node at all the welcome text says this, and what to do.
      tree.view.message =
        state.kind === 'unreachable' && projects.length > 0
          ? `${state.message} Services are shown from the files.`
          : '';
      tree.view.badge = badge(projects);
    },
    reveal: (id) => tree.reveal((target) => idOf(target) === id),
    dispose: () => tree.dispose(),
  };
}

function idOf(target: Target): string | undefined {
  if (target.kind === 'replica') return target.replica.id;
  return target.kind === 'task' ? target.task.id : undefined;
}

function badge(projects: readonly Project[]): vscode.ViewBadge | undefined {
  const sick = projects.flatMap(({ services }) => services.filter(({ health }) => health === 'unhealthy'));
  if (sick.length === 0) return undefined;
  return { value: sick.length, tooltip: `Unhealthy: ${sick.map(({ name }) => name).join(', ')}` };
}
