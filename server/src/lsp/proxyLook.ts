import type { Location, Position } from 'vscode-languageserver';
import type { Proxy, ProxyFile } from '../project/proxy/link.js';
import { contextOf } from '../project/proxy/uses.js';
import type { Checked } from '../project/workspace.js';
import { readConfig } from '../proxy/check.js';
import { locate, type Located } from '../proxy/features/locate.js';
import type { ProxyConfig } from '../proxy/rule.js';
import { LineIndex } from '../text/lineIndex.js';
import type { Span } from '../text/span.js';
import { canonicalUri } from '../text/uri.js';
import type { OpenDocument, Session } from './session.js';

export interface DocumentPlace {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** An open file of a proxy, with the first of the proxies that read it. */
export interface ProxyLook {
  readonly document: OpenDocument;
  readonly config: ProxyConfig;
  readonly proxy?: { readonly checked: Checked; readonly proxy: Proxy; readonly file: ProxyFile };
}

/** Undefined for what is no open file of a proxy: then the request is about another language. */
export function lookAtProxy(session: Session, clientUri: string): ProxyLook | undefined {
  const uri = canonicalUri(clientUri);
  const document = session.documents.get(uri);
  const kind = session.proxyLanguage(uri);
  if (!document || !kind) return undefined;
  for (const checked of session.proxyProjects(uri)) {
    for (const proxy of checked.proxies) {
      const file = proxy.files.find((it) => it.uri === uri);
      if (file) return { document, config: file.config, proxy: { checked, proxy, file } };
    }
  }
  return { document, config: readConfig(kind, document.content.text) };
}

/** What stands at a position of it. */
export function located(look: ProxyLook, position: Position): Located | undefined {
  const context = look.proxy ? contextOf(look.proxy.proxy, look.config) : { siblings: [], complete: false };
  return locate(look.config, context, look.document.content.offset(position));
}

export interface NamedConfig {
  readonly uri: string;
  readonly config: ProxyConfig;
}

/** The file, and the others that the same proxy reads. */
export function filesOf({ document, config, proxy }: ProxyLook): readonly NamedConfig[] {
  return proxy ? [proxy.file, ...proxy.proxy.files.filter((it) => it !== proxy.file)] : [{ uri: document.uri, config }];
}

/** A place of a proxy's file for the client. */
export function locationIn(session: Session, { uri, config }: NamedConfig, at: Span): Location {
  const lines = session.documents.get(uri)?.content ?? new LineIndex(config.file.text);
  return { uri: session.clientUri(uri), range: lines.range(at) };
}
