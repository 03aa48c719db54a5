import { CodeActionKind, type CodeAction, type CodeActionParams, type TextEdit } from 'vscode-languageserver';
import type { Diagnostic } from '../compose/rules/diagnostics.js';
import { fixesOf } from '../compose/rules/repairs.js';
import { ignoring } from '../compose/rules/ignoring.js';
import type { Fix, PlacedEdit } from '../compose/rules/rule.js';
import { declareAll, fixTogether } from '../compose/rules/together.js';
import type { Project } from '../compose/model/project.js';
import { canonicalUri } from '../text/uri.js';
import { conversion, convertKind, converted } from './conversion.js';
import type { Feature, FeatureHost } from './feature.js';
import { proxyFixes } from './proxyFixes.js';
import type { Session } from './session.js';

const fixAllKind = `${CodeActionKind.SourceFixAll}.longshore`;

/** Quick fixes of the findings in a range, every preferred fix of a file at once, and the file as the other tool takes it. */
export const codeActionFeature: Feature = {
  capabilities: {
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, convertKind], resolveProvider: true },
  },
  register(server) {
    const { connection } = server;
    connection.onCodeAction(server.handle('codeAction', (params: CodeActionParams) => codeActions(server, params)));
    const resolve = server.handle('resolveCodeAction', (action: CodeAction) => converted(server, action));
    connection.onCodeActionResolve(async (action, token) => (await resolve(action, token)) ?? action);
  },
};

function codeActions({ session }: FeatureHost, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  // Without a wish an editor asks for its light bulb: that is for fixes.
  const wanted = (kind: string): boolean => only?.some((it) => kind === it || kind.startsWith(`${it}.`)) ?? false;
  return [
    ...(!only || wanted(CodeActionKind.QuickFix)
      ? [...quickFixes(session, params), ...proxyFixes(session, params)]
      : []),
    ...(wanted(fixAllKind) ? fixAll(session, params) : []),
    ...(wanted(convertKind) ? conversion(session, params) : []),
  ];
}

function quickFixes(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const uri = canonicalUri(textDocument.uri);
  const wanted = context.diagnostics.filter(({ source }) => source === 'longshore');
  const [fixes, wider, ignores]: [CodeAction[], CodeAction[], CodeAction[]] = [[], [], []];
  for (const { project, written } of checksOf(session, uri)) {
    for (const found of written) {
      if (found.range.start.line > range.end.line || range.start.line > found.range.end.line) continue;
      const { code, finding } = found;
      const diagnostics = wanted.filter((it) => it.code === code && it.range.start.line === found.range.start.line);
      const action = (fix: Fix): CodeAction[] => {
        const changes = changesOf(session, project, fix.edits);
        const { title, preferred = false } = fix;
        return changes
          ? [{ kind: CodeActionKind.QuickFix, diagnostics, title, isPreferred: preferred, edit: { changes } }]
          : [];
      };
      fixes.push(...fixesOf(finding, project).flatMap(action));
      if (!wider.some(({ diagnostics: [about] = [] }) => about?.code === code))
        wider.push(...widerFixes(found, written, project).flatMap(action));
      ignores.push(...ignoring(project, found).flatMap(action));
    }
  }
  return [...fixes, ...wider, ...ignores];
}

/** What cures others like a finding with it. */
function widerFixes({ code, finding }: Diagnostic, written: readonly Diagnostic[], project: Project): readonly Fix[] {
  const alike = written.filter((it) => it.code === code).map((it) => it.finding);
  const declared = declareAll(finding, alike, project);
  if (declared) return [declared];
  const edits = alike.length > 1 ? fixTogether(alike, project) : [];
  return edits.length > 1 ? [{ title: `Fix all \`${code}\` in this file`, edits }] : [];
}

/** Every preferred fix that loses nothing, as far as they leave each other alone. */
function fixAll(session: Session, { textDocument }: CodeActionParams): CodeAction[] {
  const uri = canonicalUri(textDocument.uri);
  const changes: Record<string, TextEdit[]> = {};
  for (const { project, written } of checksOf(session, uri)) {
    const wrong = written.filter(({ severity }) => severity === 'error' || severity === 'warning');
    const edits = changesOf(
      session,
      project,
      fixTogether(
        wrong.map(({ finding }) => finding),
        project,
      ),
    );
    // A file may be part of several projects, which find the same.
    for (const [file, own] of Object.entries(edits ?? {})) changes[file] ??= own;
  }
  const title = 'Fix all that Longshore can fix';
  return Object.keys(changes).length > 0 ? [{ title, kind: fixAllKind, edit: { changes } }] : [];
}

/** What is found in a file, for each project it is part of. */
function* checksOf(
  session: Session,
  uri: string,
): Iterable<{ readonly project: Project; readonly written: readonly Diagnostic[] }> {
  for (const files of session.projectsOf(uri)) {
    const { project, findings } = session.check(files);
    yield { project, written: session.writer.write(project, findings).get(uri) ?? [] };
  }
}

function changesOf(
  session: Session,
  project: Project,
  edits: readonly PlacedEdit[],
): Record<string, TextEdit[]> | undefined {
  const changes: Record<string, TextEdit[]> = {};
  for (const { at, text } of edits) {
    const range = session.writer.range(project, at);
    if (!range) return undefined;
    (changes[session.clientUri(at.block.uri)] ??= []).push({ range, newText: text });
  }
  return changes;
}
