import { DocumentHighlightKind, type DocumentHighlight, type DocumentHighlightParams } from 'vscode-languageserver';
import { references } from '../compose/features/references.js';
import { variableUses } from '../compose/features/variables.js';
import type { Place } from '../compose/model/value.js';
import { canonicalUri } from '../text/uri.js';
import type { Feature } from './feature.js';
import { lookAt } from './look.js';
import { proxyReferences } from './proxyAnswers.js';
import { variableIn } from './variables.js';

export const documentHighlightFeature: Feature = {
  capabilities: { documentHighlightProvider: true },
  register({ connection, session, handle }) {
    connection.onDocumentHighlight(
      handle(
        'documentHighlight',
        ({ textDocument, position }: DocumentHighlightParams): DocumentHighlight[] | undefined => {
          if (session.proxyLanguage(canonicalUri(textDocument.uri))) {
            const found = proxyReferences(session, { textDocument, position }) ?? [];
            return found.flatMap(({ uri, range }) => (uri === textDocument.uri ? [{ range }] : []));
          }
          const look = lookAt(session, textDocument.uri);
          if (!look) return undefined;
          const { checked, document } = look;
          const offset = document.content.offset(position);
          const variable = variableIn(look, offset);
          const found: readonly { readonly at: Place; readonly declares?: boolean }[] =
            variable === undefined
              ? references(checked.project, document.uri, offset)
              : variableUses(checked.project, variable);
          return found.flatMap(({ at, declares }) => {
            const range = at.block.uri === document.uri ? session.writer.range(checked.project, at) : undefined;
            return range ? [{ range, kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read }] : [];
          });
        },
      ),
    );
  },
};
