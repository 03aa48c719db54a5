import { SymbolKind, type DocumentSymbol, type DocumentSymbolParams } from 'vscode-languageserver';
import { documentSymbols, type OutlineSymbol } from '../compose/features/documentSymbols.js';
import { canonicalUri } from '../text/uri.js';
import type { Feature } from './feature.js';
import { withJson, type JsonPart } from './json.js';
import { proxyDocumentSymbols } from './proxyAnswers.js';
import type { Session } from './session.js';

export const documentSymbolFeature: Feature = {
  capabilities: { documentSymbolProvider: true },
  register({ connection, session, handle }) {
    connection.onDocumentSymbol(
      handle('documentSymbol', ({ textDocument }: DocumentSymbolParams) => outline(session, textDocument.uri)),
    );
  },
};

export function outline(session: Session, clientUri: string): DocumentSymbol[] | undefined {
  const uri = canonicalUri(clientUri);
  if (session.proxyLanguage(uri)) return proxyDocumentSymbols(session, uri);
  const source = session.documents.has(uri) && session.isCompose(uri) ? session.source(uri) : undefined;
  const symbols = source && documentSymbols(source).map(toLsp);
  return symbols && withJson(symbols, () => json(symbols));
}

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

function json(symbols: readonly DocumentSymbol[]): readonly JsonPart[] {
  const parts: JsonPart[] = [];
  const write = (list: readonly DocumentSymbol[]): void => {
    parts.push('[');
    list.forEach((symbol, i) => {
      if (i > 0) parts.push(',');
      const { children, ...own } = symbol;
      if (symbol.kind === symbolKinds.section && children) {
        parts.push(JSON.stringify(own).slice(0, -1), ',"children":');
        write(children);
        parts.push('}');
      } else parts.push(symbol.kind === symbolKinds.service ? serviceJson(symbol) : JSON.stringify(symbol));
    });
    parts.push(']');
  };
  write(symbols);
  return parts;
}

/** Nearly all of a long outline are its services, which mostly stay what they were. */
const texts = new WeakMap<DocumentSymbol, Uint8Array>();

function serviceJson(service: DocumentSymbol): Uint8Array {
  const text = texts.get(service) ?? Buffer.from(JSON.stringify(service));
  texts.set(service, text);
  return text;
}
