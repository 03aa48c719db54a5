import { CodeActionKind, type CodeAction, type CodeActionParams, type TextEdit } from 'vscode-languageserver';
import { toCompose, toStack, type ConversionNote } from '../compose/features/convert.js';
import { readSource, type Source } from '../compose/syntax/source.js';
import type { Target } from '../compose/target.js';
import { targetComment } from '../project/target.js';
import { lineDiff } from '../text/lineDiff.js';
import type { FeatureHost } from './feature.js';
import { lookAt } from './look.js';
import type { Session } from './session.js';

export const convertKind = `${CodeActionKind.Source}.convert`;

/** The file as the other tool takes it. Offered without its edit: a conversion takes its time. */
export function conversion(session: Session, { textDocument }: CodeActionParams): CodeAction[] {
  const look = lookAt(session, textDocument.uri);
  if (!look) return [];
  const to: Target = look.checked.project.target === 'stack' ? 'compose' : 'stack';
  return [{ title: titles[to], kind: convertKind, data: { uri: textDocument.uri, to } }];
}

const titles = { stack: 'Convert to a stack file', compose: 'Convert to a Compose file' } as const;

/** With its edit, which a client that can shows before it is applied. */
export function converted({ session, client }: FeatureHost, action: CodeAction): CodeAction | undefined {
  const { uri, to } = (action.data ?? {}) as { readonly uri?: string; readonly to?: Target };
  const look = uri === undefined || to === undefined ? undefined : lookAt(session, uri);
  if (!look || to === undefined) return undefined;
  const { document, checked } = look;
  const before = document.content.text;
  const { text, notes } = (to === 'stack' ? toStack : toCompose)(document.uri, before, checked.variables);
  const edits = lineDiff(before, withHead(session, readSource(document.uri, text), to, notes));
  const changes = edits.map((edit): TextEdit => ({ range: document.content.range(edit), newText: edit.text }));
  if (!client.confirmsEdits) return { ...action, edit: { changes: { [document.clientUri]: changes } } };
  const textDocument = { uri: document.clientUri, version: document.version };
  return {
    ...action,
    edit: {
      documentChanges: [{ textDocument, edits: changes.map((edit) => ({ ...edit, annotationId: convertKind })) }],
      changeAnnotations: { [convertKind]: { label: titles[to], needsConfirmation: true, description: summary(notes) } },
    },
  };
}

function summary(notes: readonly ConversionNote[]): string {
  const lost = of(notes, 'lost', 'unused').length;
  const left = of(notes, 'added', 'open').length;
  const losses =
    lost === 0
      ? 'Everything can be carried over'
      : `${lost} ${lost === 1 ? 'setting' : 'settings'} cannot be carried over`;
  const work = left === 0 ? '' : `, ${left} ${left === 1 ? 'thing is' : 'things are'} left to do`;
  return `${losses}${work}${lost + left === 0 ? '' : '; see the top of the file'}`;
}

function of(notes: readonly ConversionNote[], ...kinds: readonly ConversionNote['kind'][]): readonly ConversionNote[] {
  return notes.filter(({ kind }) => kinds.includes(kind));
}

/** The text with a head that says what tool it is for now, where nothing else does, and what it lost: both stay to be seen. */
function withHead(session: Session, source: Source, to: Target, notes: readonly ConversionNote[]): string {
  const { uri } = source;
  const { text } = source.content;
  const comment = targetComment(source);
  const named = comment ? `${text.slice(0, comment.start)}# longshore: target=${to}${text.slice(comment.end)}` : text;
  const decided = session.decide(readSource(uri, named)).target === to;
  const lost = of(notes, 'lost', 'unused');
  const left = of(notes, 'added', 'open');
  const line = ({ where, message }: ConversionNote): string => `# - ${where === '' ? '' : `${where}: `}${message}`;
  const head = [
    ...(decided ? [] : [`# longshore: target=${to}`]),
    ...(lost.length > 0 ? [`# Not carried over to this ${to === 'stack' ? 'stack' : 'Compose'} file:`] : []),
    ...lost.map(line),
    ...(left.length > 0 ? ['# Left to do:'] : []),
    ...left.map(line),
  ];
  const newline = named.includes('\r\n') ? '\r\n' : '\n';
  return head.map((line) => line + newline).join('') + named;
}
