import { SymbolKind, type DocumentSymbol, type DocumentSymbolParams } from 'vscode-languageserver';
import { documentSymbols, type OutlineSymbol } from '../compose/features/documentSymbols.js';
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
        const source = session.documents.has(uri) && session.isCompose(uri) ? session.source(uri) : undefined;
        return source && documentSymbols(source).map(toLsp);
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

/** Services, with all their keys, are the same objects as long as they stay where they are. */
const known = new WeakMap<OutlineSymbol, DocumentSymbol>();

function toLsp(symbol: OutlineSymbol): DocumentSymbol {
  const before = known.get(symbol);
  if (before) return before;
  const { name, detail, kind, range, nameRange, children } = symbol;
  const made: DocumentSymbol = {
    name,
    ...(detail ? { detail } : {}),
    kind: symbolKinds[kind],
    range,
    selectionRange: nameRange,
    ...(children.length > 0 ? { children: children.map(toLsp) } : {}),
  };
  if (kind === 'service') known.set(symbol, made);
  return made;
}
