import {
  CancellationToken,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type Disposable,
  type DocumentFormattingParams,
  type DocumentRangeFormattingParams,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import { format } from '../compose/features/format.js';
import { canonicalUri } from '../text/uri.js';
import type { Feature, FeatureHost } from './feature.js';
import type { Session } from './session.js';

/** Formats files where a setting wants it; without that it is not even announced, so that it is no rival to other formatters. */
export const formattingFeature: Feature = {
  capabilities: ({ client, session }) =>
    !client.registersFormatting && session.settings('').format
      ? { documentFormattingProvider: true, documentRangeFormattingProvider: true }
      : {},
  register(server) {
    const { connection, session, handle } = server;
    connection.onDocumentFormatting(
      handle('formatting', ({ textDocument, options }: DocumentFormattingParams) =>
        formatted(session, textDocument.uri, options.tabSize),
      ),
    );
    connection.onDocumentRangeFormatting(
      handle('rangeFormatting', ({ textDocument, options, range }: DocumentRangeFormattingParams) =>
        formatted(session, textDocument.uri, options.tabSize, range),
      ),
    );
    announce(server);
  },
};

/** Keeps the client told whether any open file or folder is to be formatted. */
function announce({ connection, session, client, onChange, handle }: FeatureHost): void {
  let announced: Promise<readonly Disposable[]> | undefined;
  const compare = handle('formatting/register', async () => {
    const wanted = [...session.documents.keys(), ...session.folders].some((uri) => session.settings(uri).format);
    if (wanted && !announced) {
      announced = Promise.all([
        connection.client.register(DocumentFormattingRequest.type, { documentSelector }),
        connection.client.register(DocumentRangeFormattingRequest.type, { documentSelector }),
      ]);
      await announced;
    } else if (!wanted && announced) {
      const registered = announced;
      announced = undefined;
      (await registered).forEach((it) => it.dispose());
    }
  });
  onChange(() => {
    if (client.registersFormatting) void compare(undefined, CancellationToken.None);
  });
}

/** Compose and stack files, as they are recognised by name. */
const documentSelector = [
  { language: 'dockercompose' },
  ...['compose', 'stack', 'swarm'].map((word) => ({ pattern: `**/*${word}*.{yml,yaml}` })),
];

function formatted(session: Session, clientUri: string, step: number, range?: Range): TextEdit[] | undefined {
  const uri = canonicalUri(clientUri);
  const document = session.documents.get(uri);
  const source = document && session.isCompose(uri) && session.settings(uri).format ? session.source(uri) : undefined;
  if (!document || !source) return undefined;
  const edits = format(source, step, range && linesOf(range));
  return edits.map(({ text, ...span }) => ({ range: document.content.range(span), newText: text }));
}

/** A selection that ends before the first character of a line is meant to end with the line before. */
function linesOf({ start, end }: Range): { readonly first: number; readonly last: number } {
  return { first: start.line, last: end.character === 0 && end.line > start.line ? end.line - 1 : end.line };
}
