import { SymbolKind, type DocumentSymbol, type DocumentSymbolParams } from 'vscode-languageserver';
import { documentSymbols, type OutlineSymbol } from '../compose/features/documentSymbols.js';
import type { LineIndex } from '../text/lineIndex.js';
import { canonicalUri } from '../text/uri.js';
import type { Feature } from './feature.js';
import { proxyDocumentSymbols } from './proxyAnswers.js';

export const documentSymbolFeature: Feature = {
  capabilities: { documentSymbolProvider: true },
  register({ connection, session, handle }) {
    connection.onDocumentSymbol(
      handle('documentSymbol', ({ textDocument }: DocumentSymbolParams): DocumentSymbol[] | undefined => {
        const uri = canonicalUri(textDocument.uri);
        if (session.proxyLanguage(uri)) return proxyDocumentSymbols(session, uri);
        const document = session.documents.get(uri);
        const source = document && session.isCompose(uri) ? session.source(uri) : undefined;
        return document && source && documentSymbols(source).map((it) => toLsp(it, document.content));
      }),
    );
  },
};

const symbolKinds: Readonly<Record<OutlineSymbol['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  service: SymbolKind.Class,
  resource: SymbolKind.Object,
  key: SymbolKind.Property,
};

function toLsp({ name, detail, kind, span, nameSpan, children }: OutlineSymbol, lines: LineIndex): DocumentSymbol {
  return {
    name,
    detail,
    kind: symbolKinds[kind],
    range: lines.range(span),
    selectionRange: lines.range(nameSpan),
    children: children.map((it) => toLsp(it, lines)),
  };
}
