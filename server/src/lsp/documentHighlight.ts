import { DocumentHighlightKind, type DocumentHighlight, type DocumentHighlightParams } from 'vscode-languageserver';
import { references } from '../compose/features/references.js';
import type { Feature } from './feature.js';
import { lookAt } from './look.js';

export const documentHighlightFeature: Feature = {
  capabilities: { documentHighlightProvider: true },
  register({ connection, session, handle }) {
    connection.onDocumentHighlight(
      handle(
        'documentHighlight',
        ({ textDocument, position }: DocumentHighlightParams): DocumentHighlight[] | undefined => {
          const look = lookAt(session, textDocument.uri);
          if (!look) return undefined;
          const { checked, document } = look;
          return references(checked.project, document.uri, document.content.offset(position)).flatMap(
            ({ at, declares }) => {
              const range = at.block.uri === document.uri ? session.writer.range(checked.project, at) : undefined;
              return range
                ? [{ range, kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read }]
                : [];
            },
          );
        },
      ),
    );
  },
};
