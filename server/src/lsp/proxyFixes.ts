import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver';
import { LineIndex } from '../text/lineIndex.js';
import { canonicalUri } from '../text/uri.js';
import type { Session } from './session.js';

/** Quick fixes of the findings in a range of a proxy's file. */
export function proxyFixes(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const uri = canonicalUri(textDocument.uri);
  if (session.proxyLanguage(uri) === undefined) return [];
  const report = session.proxyReport(uri);
  if (!report) return [];
  const lines = session.documents.get(uri)?.content ?? new LineIndex(report.text);
  return report.diagnostics.flatMap(({ code, range: at, finding }) => {
    if (at.start.line > range.end.line || range.start.line > at.end.line) return [];
    const diagnostics = context.diagnostics.filter(
      (it) => it.source === 'longshore' && it.code === code && it.range.start.line === at.start.line,
    );
    return (finding.fixes ?? []).map(({ title, edits, preferred }) => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      isPreferred: preferred === true,
      edit: {
        changes: {
          [session.clientUri(uri)]: edits.map(({ start, end, text }) => ({
            range: lines.range({ start, end }),
            newText: text,
          })),
        },
      },
    }));
  });
}
