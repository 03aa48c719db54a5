import { MarkupKind, type Hover } from 'vscode-languageserver';
import { neighbourhood } from '../project/proxy/link.js';
import { describeUse, proxyUses } from '../project/proxy/uses.js';
import { definitionOf } from '../proxy/features/locate.js';
import { wordHover } from '../proxy/features/wordHover.js';
import { findName } from '../proxy/neighbourhood.js';
import type { ClientAbilities } from './feature.js';
import { filesOf, located, lookAtProxy, type DocumentPlace, type ProxyLook } from './proxyLook.js';
import type { Session } from './session.js';

/** What a name or a word of a proxy's file means: the service behind it, the servers of an upstream, what a directive does. */
export function proxyHover(
  session: Session,
  { besideOthers }: ClientAbilities,
  { textDocument, position }: DocumentPlace,
): Hover | undefined {
  const look = lookAtProxy(session, textDocument.uri);
  if (!look) return undefined;
  const { content } = look.document;
  const found = located(look, position);
  const known =
    found?.kind === 'group'
      ? groupWords(look, found.name)
      : found && serviceWords(look, found.destination.address.host);
  if (found && known !== undefined) {
    return { contents: { kind: MarkupKind.Markdown, value: known }, range: content.range(found.at) };
  }
  const { languageId } = look.document;
  // Another extension's language has its words explained there.
  if (besideOthers && /nginx|haproxy/i.test(languageId) && !languageId.startsWith('longshore-')) return undefined;
  const word = wordHover(look.config, content.offset(position));
  return word && { contents: { kind: MarkupKind.Markdown, value: word.text }, range: content.range(word.at) };
}

function serviceWords({ proxy }: ProxyLook, host: string): string | undefined {
  if (!proxy) return undefined;
  const { world } = proxy.checked;
  const name = findName(neighbourhood(world, proxy.proxy), host);
  return name?.peer && describeUse(world, { name, peer: name.peer });
}

/** The servers of an upstream or backend, with the services behind them. */
function groupWords(look: ProxyLook, name: string): string | undefined {
  const defined = definitionOf(
    name,
    filesOf(look).map(({ config }) => config),
  );
  if (!defined) return undefined;
  const { group } = defined;
  const uses = look.proxy
    ? Array.from(proxyUses({ proxies: [look.proxy.proxy], world: look.proxy.checked.world }))
    : [];
  const lines = group.servers.map(({ address }) => {
    const use = uses.find(({ destination }) => destination.address === address);
    const replicas = use && `${use.peer.replicas} ${use.peer.replicas === 1 ? 'replica' : 'replicas'}`;
    return `- \`${address.text}\`${use ? `: ${replicas} of \`${use.peer.service}\`` : ''}`;
  });
  const kind = look.config.kind === 'nginx' ? 'Upstream' : group.sort === 'listen' ? 'Listen' : 'Backend';
  const method = group.method ? `, ${group.method.name}` : '';
  return [`${kind} \`${group.name}\`${method}`, ...lines].join('\n');
}
