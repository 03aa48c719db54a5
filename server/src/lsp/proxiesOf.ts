import { needsReload, proxyUses } from '../project/proxy/uses.js';
import type { ProxyLink, Requests, ServiceParams } from '../protocol.js';
import { LineIndex } from '../text/lineIndex.js';
import { canonicalUri } from '../text/uri.js';
import { portOf } from '../proxy/upstream.js';
import type { Feature } from './feature.js';
import type { Session } from './session.js';

/** Tells which proxies send requests to a service. */
export const proxiesOfFeature: Feature = {
  register(server) {
    const request: keyof Requests = 'longshore/proxiesOf';
    server.connection.onRequest(
      request,
      server.handle('proxiesOf', (params: ServiceParams) => proxiesOf(server.session, params)),
    );
  },
};

function proxiesOf(session: Session, { uri, service }: ServiceParams): readonly ProxyLink[] {
  const first = canonicalUri(uri);
  const projects = session.projectsOf(first);
  const files = projects.find((it) => it.files[0] === first) ?? projects[0];
  if (!files) return [];
  const links: ProxyLink[] = [];
  for (const use of proxyUses(session.check(files))) {
    if (use.peer.service !== service) continue;
    const { proxy, file, destination } = use;
    const { address, group, server } = destination;
    links.push({
      kind: proxy.kind,
      service: proxy.service.name,
      uri: session.clientUri(file.uri),
      range: new LineIndex(file.config.file.text).range(server?.at ?? address.at),
      upstream: group?.name ?? address.text,
      port: portOf(address),
      needsReload: needsReload(use),
    });
  }
  return links;
}
