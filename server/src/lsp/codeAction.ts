import { CodeActionKind, type CodeAction, type CodeActionParams, type TextEdit } from 'vscode-languageserver';
import type { Diagnostic } from '../compose/rules/diagnostics.js';
import { fixesOf } from '../compose/rules/repairs.js';
import type { Fix } from '../compose/rules/rule.js';
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
  const fixes: CodeAction[] = [];
  const ignores: CodeAction[] = [];
  for (const { found, project } of findingsOf(session, uri)) {
    if (found.range.start.line > range.end.line || range.start.line > found.range.end.line) continue;
    const diagnostics = wanted.filter((it) => it.code === found.code && it.range.start.line === found.range.start.line);
    const common = { kind: CodeActionKind.QuickFix, diagnostics };
    for (const fix of fixesOf(found.finding, project)) {
      const changes = changesOf(session, project, fix);
      if (changes) fixes.push({ ...common, title: fix.title, isPreferred: fix.preferred === true, edit: { changes } });
    }
    const edit = ignoring(session, uri, found);
    if (edit) {
      const title = `Ignore ${found.code} here`;
      ignores.push({ ...common, title, edit: { changes: { [session.clientUri(uri)]: [edit] } } });
    }
  }
  return [...fixes, ...ignores];
}

/** A comment above the line that silences a rule there; undefined where the file cannot be read. */
function ignoring(session: Session, uri: string, { code, range }: Diagnostic): TextEdit | undefined {
  const lines = session.documents.get(uri)?.content;
  if (!lines || code.startsWith('yaml-')) return undefined;
  const { line } = range.start;
  const above = line > 0 ? lines.line(line - 1) : '';
  if (/^\s*#\s*longshore:\s*ignore\s+\S/.test(above)) {
    const end = { line: line - 1, character: above.length };
    return { range: { start: end, end }, newText: ` ${code}` };
  }
  const start = { line, character: 0 };
  const indent = /^\s*/.exec(lines.line(line))?.[0] ?? '';
  return { range: { start, end: start }, newText: `${indent}# longshore: ignore ${code}\n` };
}

/** Every preferred fix that loses nothing, as far as they leave each other alone. */
function fixAll(session: Session, { textDocument }: CodeActionParams): CodeAction[] {
  const uri = canonicalUri(textDocument.uri);
  const changes: Record<string, TextEdit[]> = {};
  for (const { found, project } of findingsOf(session, uri)) {
    const fix = fixesOf(found.finding, project).find(({ preferred, lossy }) => preferred && !lossy);
    const edits = fix && changesOf(session, project, fix);
    if (!edits) continue;
    const clashes = Object.entries(edits).some(([file, own]) =>
      own.some((edit) => changes[file]?.some((other) => overlap(edit, other))),
    );
    if (!clashes) for (const [file, own] of Object.entries(edits)) (changes[file] ??= []).push(...own);
  }
  const title = 'Fix all that Longshore can fix';
  return Object.keys(changes).length > 0 ? [{ title, kind: fixAllKind, edit: { changes } }] : [];
}

function overlap({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  const before = (x: typeof a.start, y: typeof a.start): boolean =>
    x.line < y.line || (x.line === y.line && x.character < y.character);
  const same = a.start.line === b.start.line && a.start.character === b.start.character;
  return same || (before(a.start, b.end) && before(b.start, a.end));
}

function* findingsOf(
  session: Session,
  uri: string,
): Iterable<{ readonly found: Diagnostic; readonly project: Project }> {
  for (const files of session.projectsOf(uri)) {
    const { project, findings } = session.check(files);
    for (const found of session.writer.write(project, findings).get(uri) ?? []) yield { found, project };
  }
}

function changesOf(session: Session, project: Project, { edits }: Fix): Record<string, TextEdit[]> | undefined {
  const changes: Record<string, TextEdit[]> = {};
  for (const { at, text } of edits) {
    const range = session.writer.range(project, at);
    if (!range) return undefined;
    (changes[session.clientUri(at.block.uri)] ??= []).push({ range, newText: text });
  }
  return changes;
}
