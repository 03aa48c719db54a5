import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { selectionRanges } from '../compose/features/selectionRanges.js';
import { canonicalUri } from '../text/uri.js';
import type { Feature } from './feature.js';

export const selectionRangeFeature: Feature = {
  capabilities: { selectionRangeProvider: true },
  register({ connection, session, handle }) {
    connection.onSelectionRanges(
      handle('selectionRange', ({ textDocument, positions }: SelectionRangeParams): SelectionRange[] | undefined => {
        const uri = canonicalUri(textDocument.uri);
        const document = session.documents.get(uri);
        const source = document && session.isCompose(uri) ? session.source(uri) : undefined;
        if (!document || !source) return undefined;
        return positions.map((position) => {
          const offset = document.content.offset(position);
          const chain = selectionRanges(source, offset).reduceRight<SelectionRange | undefined>(
            (parent, span) => ({ range: document.content.range(span), ...(parent ? { parent } : {}) }),
            undefined,
          );
          return chain ?? { range: { start: position, end: position } };
        });
      }),
    );
  },
};
