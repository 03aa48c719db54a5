import * as vscode from 'vscode';
import type { EffectiveConfigParams, WorkspaceProject } from '../../../server/src/protocol.js';
import type { Ctx } from '../context.js';
import { sameUri } from '../model/paths.js';
import { effectiveScheme, shownBy } from './address.js';
import { EffectiveDocuments } from './documents.js';

/** The commands that show what a tool makes of a file. They only read, so they work in an untrusted workspace too. */
export function effectiveConfigs(ctx: Pick<Ctx, 'language' | 'ui'>): vscode.Disposable {
  const documents = new EffectiveDocuments(ctx.language);

  async function show(file: string): Promise<void> {
    const uri = await documents.open({ uri: file });
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  async function compareTargets(file: string): Promise<void> {
    const sides = [documents.open({ uri: file, target: 'compose' }), documents.open({ uri: file, target: 'stack' })];
    await compare(sides, `${nameOf(file)}: docker compose ↔ docker stack deploy`);
  }

  /** With the other files of its project; a file that has none is compared as it is written. */
  async function compareFile(file: string): Promise<void> {
    const project = (await ctx.language.projects()).find((it) => isPart(it, file));
    const effective: EffectiveConfigParams = { uri: file };
    if (project && project.files.every((one) => sameUri(one, file))) {
      const written = Promise.resolve(vscode.Uri.parse(file, true));
      return compare([written, documents.open(effective)], `${nameOf(file)}: as written ↔ effective`);
    }
    const sides = [documents.open({ ...effective, alone: true }), documents.open(effective)];
    return compare(sides, `${nameOf(file)}: alone ↔ with the other files of its project`);
  }

  /** Runs a command on the file of the explorer or of an editor; on the one that was meant where a result is open. */
  const on = (run: (file: string) => Promise<void>) => async (first: unknown) => {
    const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
    const file = uri?.scheme === effectiveScheme ? shownBy(uri.query)?.uri : uri?.toString();
    if (file === undefined || !(await ctx.language.effectiveConfig({ uri: file }))) {
      return void ctx.ui.warn('Open a Compose or stack file first: this shows what its tool makes of it.');
    }
    await run(file);
  };

  return vscode.Disposable.from(
    documents,
    vscode.commands.registerCommand('longshore.showEffectiveConfig', on(show)),
    vscode.commands.registerCommand('longshore.compareTargets', on(compareTargets)),
    vscode.commands.registerCommand('longshore.compareEffectiveConfig', on(compareFile)),
  );
}

async function compare(sides: readonly Promise<vscode.Uri>[], title: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', ...(await Promise.all(sides)), title);
}

function isPart({ files, services }: WorkspaceProject, file: string): boolean {
  return [...files, ...services.map(({ uri }) => uri)].some((one) => sameUri(one, file));
}

function nameOf(file: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(file, true), false).split('/').at(-1) ?? file;
}
