import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  SymbolKind,
  type CodeLens,
  type DocumentSymbol,
  type Hover,
  type Location,
  type Position,
  type Range,
} from 'vscode-languageserver';
import { neighbourhood, type Proxy, type ProxyFile } from '../project/proxy/link.js';
import { contextOf, describeUse, needsReload, proxyUses } from '../project/proxy/uses.js';
import type { Checked } from '../project/workspace.js';
import { readConfig } from '../proxy/check.js';
import { completeProxy, type ProxyCompletion } from '../proxy/features/complete.js';
import { nginxWords } from '../proxy/features/nginxWords.js';
import { definitionOf, groupPlaces, locate, type Located } from '../proxy/features/locate.js';
import { proxySymbols, type ProxySymbol } from '../proxy/features/symbols.js';
import { findName } from '../proxy/neighbourhood.js';
import type { ProxyConfig } from '../proxy/rule.js';
import type { UpstreamTarget } from '../protocol.js';
import { LineIndex } from '../text/lineIndex.js';
import type { Span } from '../text/span.js';
import { canonicalUri } from '../text/uri.js';
import type { Offer } from './documentedItems.js';
import type { OpenDocument, Session } from './session.js';

export interface DocumentPlace {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** An open file of a proxy, with the first of the proxies that read it. */
interface ProxyLook {
  readonly document: OpenDocument;
  readonly config: ProxyConfig;
  readonly proxy?: { readonly checked: Checked; readonly proxy: Proxy; readonly file: ProxyFile };
}

/** Undefined for what is no open file of a proxy: then the request is about another language. */
function lookAtProxy(session: Session, clientUri: string): ProxyLook | undefined {
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

export function proxyCompletion(session: Session, { textDocument, position }: DocumentPlace): Offer[] | undefined {
  const look = lookAtProxy(session, textDocument.uri);
  if (!look) return undefined;
  const { document, config, proxy } = look;
  const around = proxy && neighbourhood(proxy.checked.world, proxy.proxy);
  const siblings = proxy ? contextOf(proxy.proxy, config).siblings : [];
  const offset = document.content.offset(position);
  // Where another extension has the language, it has the words of it too.
  const words = config.kind === 'nginx' && document.languageId === 'longshore-nginx';
  const found = [
    ...completeProxy(config, siblings, around, offset),
    ...(words ? nginxWords(config, siblings, offset) : []),
  ];
  return found.map(({ label, kind, detail, documentation, insert, snippet, replace }, index) => ({
    documentation,
    item: {
      label,
      kind: completionKinds[kind],
      ...(detail !== undefined && { detail }),
      ...(snippet && { insertTextFormat: InsertTextFormat.Snippet, insertTextMode: InsertTextMode.asIs }),
      sortText: String(index).padStart(4, '0'),
      filterText: snippet ? label : insert,
      textEdit: { range: document.content.range(replace), newText: insert },
    },
  }));
}

const completionKinds: Readonly<Record<ProxyCompletion['kind'], CompletionItemKind>> = {
  service: CompletionItemKind.Class,
  port: CompletionItemKind.Value,
  group: CompletionItemKind.Module,
  directive: CompletionItemKind.Property,
  variable: CompletionItemKind.Variable,
  value: CompletionItemKind.EnumMember,
};

function located(look: ProxyLook, position: Position): Located | undefined {
  const context = look.proxy ? contextOf(look.proxy.proxy, look.config) : { siblings: [], complete: false };
  return locate(look.config, context, look.document.content.offset(position));
}

export function proxyHover(session: Session, { textDocument, position }: DocumentPlace): Hover | undefined {
  const look = lookAtProxy(session, textDocument.uri);
  const found = look && located(look, position);
  if (!look?.proxy || found?.kind !== 'address') return undefined;
  const { world } = look.proxy.checked;
  const name = findName(neighbourhood(world, look.proxy.proxy), found.destination.address.host);
  if (!name?.peer) return undefined;
  const value = describeUse(world, { name, peer: name.peer });
  return { contents: { kind: MarkupKind.Markdown, value }, range: look.document.content.range(found.at) };
}

export function proxyDefinition(session: Session, { textDocument, position }: DocumentPlace): Location[] | undefined {
  const look = lookAtProxy(session, textDocument.uri);
  const found = look && located(look, position);
  if (!look || !found) return undefined;
  if (found.kind === 'group') {
    const files = filesOf(look);
    const defined = definitionOf(
      found.name,
      files.map(({ config }) => config),
    );
    const file = files.find(({ config }) => config === defined?.config);
    return file && defined ? [locationOf(session, file, defined.group.nameAt)] : undefined;
  }
  const service = serviceOf(look, found);
  const at = service && look.proxy?.checked.project.services.get(service)?.nameAt;
  const range = at && look.proxy && session.writer.range(look.proxy.checked.project, at);
  return at && range ? [{ uri: session.clientUri(at.block.uri), range }] : undefined;
}

export function proxyReferences(session: Session, { textDocument, position }: DocumentPlace): Location[] | undefined {
  const look = lookAtProxy(session, textDocument.uri);
  const found = look && located(look, position);
  if (!look || !found) return undefined;
  if (found.kind === 'group') {
    return filesOf(look).flatMap((file) =>
      groupPlaces(file.config, found.name).map((at) => locationOf(session, file, at)),
    );
  }
  const service = serviceOf(look, found);
  return service !== undefined && look.proxy ? serviceInProxies(session, look.proxy.checked, service) : undefined;
}

/** Where the proxies of a project name a service, for those who ask in its Compose file. */
export function serviceInProxies(session: Session, checked: Checked, service: string): Location[] {
  const found = Array.from(proxyUses(checked)).filter(({ peer }) => peer.service === service);
  const locations = found.map(({ file, destination }) => locationOf(session, file, destination.address.hostAt));
  const key = ({ uri, range }: Location): string => `${uri} ${range.start.line}:${range.start.character}`;
  return [...new Map(locations.map((it) => [key(it), it])).values()];
}

/** The service that a place of a proxy's file names by its own name: renaming starts there too. */
export function serviceAtProxy(
  session: Session,
  { textDocument, position }: DocumentPlace,
): { readonly checked: Checked; readonly service: string; readonly range: Range } | undefined {
  const look = lookAtProxy(session, textDocument.uri);
  const found = look && located(look, position);
  if (!look?.proxy || found?.kind !== 'address') return undefined;
  const { host, hostAt } = found.destination.address;
  const service = serviceOf(look, found);
  if (service === undefined || host.toLowerCase() !== service.toLowerCase()) return undefined;
  return { checked: look.proxy.checked, service, range: look.document.content.range(hostAt) };
}

export function proxyDocumentSymbols(session: Session, clientUri: string): DocumentSymbol[] | undefined {
  const look = lookAtProxy(session, clientUri);
  if (!look) return undefined;
  const { content } = look.document;
  const toLsp = ({ name, detail, kind, at, nameAt, children }: ProxySymbol): DocumentSymbol => ({
    name: name || '?',
    detail,
    kind: symbolKinds[kind],
    range: content.range(at),
    selectionRange: content.range(nameAt),
    children: children.map(toLsp),
  });
  return proxySymbols(look.config).map(toLsp);
}

const symbolKinds: Readonly<Record<ProxySymbol['kind'], SymbolKind>> = {
  group: SymbolKind.Module,
  server: SymbolKind.Field,
  site: SymbolKind.Class,
  location: SymbolKind.Method,
  section: SymbolKind.Namespace,
};

/** Over each upstream: how many replicas stand behind it, and a command that reloads the proxy. */
export function proxyCodeLenses(session: Session, clientUri: string): CodeLens[] | undefined {
  const look = lookAtProxy(session, clientUri);
  if (!look?.proxy) return look && [];
  const { checked, proxy, file } = look.proxy;
  const { content } = look.document;
  const program = proxy.kind === 'nginx' ? 'nginx' : 'HAProxy';
  const uses = Array.from(proxyUses({ proxies: [proxy], world: checked.world })).filter((it) => it.file === file);
  return look.config.model.groups.flatMap((group): CodeLens[] => {
    const behind = uses.filter(({ destination }) => destination.group === group);
    const services = new Map(behind.map(({ peer }) => [peer.service, peer.replicas]));
    if (services.size === 0) return [];
    const counts = Array.from(services, ([name, n]) => `${n} ${n === 1 ? 'replica' : 'replicas'} of ${name}`);
    const reload = behind.some(needsReload);
    const [uri] = [...checked.project.files.keys()];
    const target = { uri: session.clientUri(uri ?? ''), service: proxy.service.name };
    return [
      {
        range: content.range(group.nameAt),
        command: {
          title: `${counts.join(', ')}${reload ? ` · reload ${program}` : ''}`,
          command: reload ? 'longshore.reloadProxy' : '',
          arguments: [{ ...target, behind: Object.fromEntries(services) } satisfies UpstreamTarget],
        },
      },
    ];
  });
}

interface NamedConfig {
  readonly uri: string;
  readonly config: ProxyConfig;
}

function filesOf({ document, config, proxy }: ProxyLook): readonly NamedConfig[] {
  return proxy ? [proxy.file, ...proxy.proxy.files.filter((it) => it !== proxy.file)] : [{ uri: document.uri, config }];
}

function serviceOf({ proxy }: ProxyLook, { destination }: Extract<Located, { kind: 'address' }>): string | undefined {
  if (!proxy) return undefined;
  return findName(neighbourhood(proxy.checked.world, proxy.proxy), destination.address.host)?.peer?.service;
}

function locationOf(session: Session, { uri, config }: NamedConfig, at: Span): Location {
  const lines = session.documents.get(uri)?.content ?? new LineIndex(config.file.text);
  return { uri: session.clientUri(uri), range: lines.range(at) };
}
