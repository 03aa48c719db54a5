import * as vscode from 'vscode';
import type { Ctx } from '../context.js';
import { Answers } from './answers.js';
import { chooseHelp, offer } from './offer.js';
import { otherExtensions } from './others.js';
import type { Switch } from './others.js';
import { speaking } from './switches.js';
import type { Neighbours } from './switches.js';

export interface SideBySide extends vscode.Disposable {
  /** For the language client: leaves out what another extension says too. */
  readonly middleware: Answers['middleware'];
}

/** What becomes of Compose files where other extensions help in them too. */
export function sideBySide(ctx: Pick<Ctx, 'config' | 'ui'>, memory: vscode.Memento): SideBySide {
  const neighbours = vscodeNeighbours();
  // A switch of these counts once the window was loaded again.
  const sinceStart = speaking(neighbours).filter(({ restart }) => restart);
  const find = () =>
    ctx.config.get('sideBySide') === 'showAll' ? [] : [...new Set([...sinceStart, ...speaking(neighbours)])];
  let others = find();
  const answers = new Answers(() => others);
  const look = (): void => {
    others = find();
    answers.refresh();
  };
  const key = 'sideBySide.offered';
  const offered = {
    get: () => memory.get<readonly string[]>(key, []),
    set: (ids: readonly string[]) => void memory.update(key, ids),
  };
  const ask = async (question: Promise<boolean>): Promise<void> => {
    // An old version may have a setting that cannot be set for Compose files alone.
    const wantsReload = await question.catch((error: unknown) => {
      void ctx.ui.fail(`Not every setting was written: ${error instanceof Error ? error.message : String(error)}`);
      return true;
    });
    if (!wantsReload) return;
    const reload = 'Reload Window';
    const message = 'The other extensions take that up when the window is loaded again.';
    if ((await ctx.ui.inform(message, reload)) === reload) {
      await vscode.commands.executeCommand('workbench.action.reloadWindow');
    }
  };
  const meet = (editor: vscode.TextEditor | undefined): void => {
    if (editor?.document.languageId === 'dockercompose') void ask(offer(ctx, neighbours, offered));
  };
  meet(vscode.window.activeTextEditor);
  const parts = vscode.Disposable.from(
    answers,
    vscode.window.onDidChangeActiveTextEditor(meet),
    vscode.extensions.onDidChange(look),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const settings = otherExtensions.flatMap(({ switches }) => switches.map(({ setting }) => setting));
      if (['longshore.sideBySide', ...settings].some((setting) => change.affectsConfiguration(setting))) look();
    }),
    vscode.commands.registerCommand('longshore.chooseHelp', () => ask(chooseHelp(ctx, neighbours))),
  );
  return { middleware: answers.middleware, dispose: () => parts.dispose() };
}

function vscodeNeighbours(): Neighbours {
  const settings = ({ language }: Switch): vscode.WorkspaceConfiguration =>
    vscode.workspace.getConfiguration(undefined, language === undefined ? undefined : { languageId: language });
  return {
    isInstalled: (id) => vscode.extensions.getExtension(id) !== undefined,
    read: (it) => {
      const all = settings(it);
      const found = all.inspect<unknown>(it.setting);
      return {
        known: found?.defaultValue !== undefined,
        value: all.get<unknown>(it.setting),
        user: it.language === undefined ? found?.globalValue : found?.globalLanguageValue,
      };
    },
    write: async (it, user) => {
      await settings(it).update(it.setting, user, vscode.ConfigurationTarget.Global, it.language !== undefined);
    },
  };
}
