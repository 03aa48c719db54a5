import * as vscode from 'vscode';
import type { DocumentService } from '../../../server/src/protocol.js';
import type { Ctx } from '../context.js';
import { documentSelector } from '../language/language.js';
import type { Project } from '../model/projects.js';
import type { NamedTarget } from '../tree/targetOf.js';
import { toRange } from '../vscodeUi.js';
import { isUp, lensesOf, lensState } from './lenses.js';

export interface ServiceLenses extends vscode.Disposable {
  /** The projects as they are now; the places in the documents are not asked for again. */
  update(projects: readonly Project[]): void;
}

/** Over each service of a Compose or stack file, what runs of it. `begin` is called when a first file could show that. */
export function serviceLenses(ctx: Pick<Ctx, 'config' | 'language' | 'ui'>, begin: () => void): ServiceLenses {
  const changed = new vscode.EventEmitter<void>();
  const places = new Map<
    string,
    { readonly version: number; readonly services: Promise<readonly DocumentService[]> }
  >();
  let projects: readonly Project[] = [];
  let begun = false;

  /** Asked once for each version of a document. */
  function servicesIn({ uri, version }: vscode.TextDocument): Promise<readonly DocumentService[]> {
    const known = places.get(uri.toString());
    if (known?.version === version) return known.services;
    const services = ctx.language.services(uri.toString());
    places.set(uri.toString(), { version, services });
    return services;
  }

  async function lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!ctx.config.get('codeLens.services')) return [];
    if (!begun) {
      begun = true;
      begin();
    }
    if (!projects.some(isUp)) return [];
    const services = await servicesIn(document);
    return services.flatMap((service) =>
      lensesOf(projects, service, ctx.ui.trusted).map((lens) => {
        const target: NamedTarget = { uri: service.project?.uri ?? '', service: service.name };
        return new vscode.CodeLens(toRange(service.range), { ...lens, arguments: [target] });
      }),
    );
  }

  const again = (): void => {
    places.clear();
    changed.fire();
  };
  const parts = vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(
      documentSelector().filter(({ language }) => language === 'dockercompose' || language === 'yaml'),
      { onDidChangeCodeLenses: changed.event, provideCodeLenses: lenses },
    ),
    ctx.language.onProjectsChanged(again),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => places.delete(uri.toString())),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('longshore.codeLens')) changed.fire();
    }),
  );
  return {
    update(now) {
      const differ = lensState(now) !== lensState(projects);
      projects = now;
      if (!differ) return;
      changed.fire();
      ctx.language.refreshLenses();
    },
    dispose: () => parts.dispose(),
  };
}
