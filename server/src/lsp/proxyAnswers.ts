import { SymbolKind, type CodeLens, type DocumentSymbol, type Location, type Range } from 'vscode-languageserver';
import { neighbourhood } from '../project/proxy/link.js';
import { needsReload, proxyUses } from '../project/proxy/uses.js';
import type { Checked } from '../project/workspace.js';
import { definitionOf, groupPlaces, type Located } from '../proxy/features/locate.js';
import { proxySymbols, type ProxySymbol } from '../proxy/features/symbols.js';
import { findName } from '../proxy/neighbourhood.js';
import type { UpstreamTarget } from '../protocol.js';
import { distinct } from './everywhere.js';
import { filesOf, located, locationIn, lookAtProxy, type DocumentPlace, type ProxyLook } from './proxyLook.js';
import type { Session } from './session.js';

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
    return file && defined ? [locationIn(session, file, defined.group.nameAt)] : undefined;
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
      groupPlaces(file.config, found.name).map((at) => locationIn(session, file, at)),
    );
  }
  const service = serviceOf(look, found);
  return service !== undefined && look.proxy ? serviceInProxies(session, look.proxy.checked, service) : undefined;
}

/** Where the proxies of a project name a service, for those who ask in its Compose file. */
export function serviceInProxies(session: Session, checked: Checked, service: string): Location[] {
  const found = Array.from(proxyUses(checked)).filter(({ peer }) => peer.service === service);
  return distinct(found.map(({ file, destination }) => locationIn(session, file, destination.address.hostAt)));
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

function serviceOf({ proxy }: ProxyLook, { destination }: Extract<Located, { kind: 'address' }>): string | undefined {
  if (!proxy) return undefined;
  return findName(neighbourhood(proxy.checked.world, proxy.proxy), destination.address.host)?.peer?.service;
}
