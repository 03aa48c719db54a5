import type { FoldingRange, FoldingRangeParams } from 'vscode-languageserver';
import { foldingRanges } from '../compose/features/foldingRanges.js';
import { canonicalUri } from '../text/uri.js';
import type { Feature } from './feature.js';

export const foldingRangeFeature: Feature = {
  capabilities: { foldingRangeProvider: true },
  register({ connection, session, handle }) {
    connection.onFoldingRanges(
      handle('foldingRange', ({ textDocument }: FoldingRangeParams): FoldingRange[] | undefined => {
        const uri = canonicalUri(textDocument.uri);
        const source = session.isCompose(uri) ? session.source(uri) : undefined;
        return source && [...foldingRanges(source)];
      }),
    );
  },
};
