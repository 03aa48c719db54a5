import type { ProxyConfig } from '../../proxy/rule.js';
import { fileName } from '../../text/uri.js';
import { skippedFolders } from '../fileNames.js';
import type { Host } from '../host.js';
import type { Assigned } from './world.js';

const deepest = 4;

/**
 * Proxy files below a project's folder that a setting (`serviceOf`, by URI) or a comment `# longshore: proxy-of=SERVICE` in their
 * first lines gives to a service.
 */
export function assignedFiles(
  host: Host,
  folder: string,
  serviceOf: (uri: string) => string | undefined = () => undefined,
  depth = 0,
): readonly Assigned[] {
  return host.list(folder).flatMap(({ name, kind }): readonly Assigned[] => {
    const uri = `${folder}/${name}`;
    if (kind === 'folder') {
      return depth < deepest && !skippedFolders.has(name) ? assignedFiles(host, uri, serviceOf, depth + 1) : [];
    }
    if (proxyKind(uri) === undefined) return [];
    const service = serviceOf(uri) ?? commentedService(host.readText(uri) ?? '');
    return service === undefined ? [] : [{ uri, service }];
  });
}

function commentedService(text: string): string | undefined {
  return /^\s*#\s*longshore:\s*proxy-of\s*=\s*([\w.-]+)/m.exec(text.slice(0, 2000))?.[1];
}

/** Which proxy's configuration a file may be by its name; undefined for names of other files. */
export function proxyKind(uri: string): ProxyConfig['kind'] | undefined {
  const name = fileName(uri);
  if (/\.cfg(\.template|\.tmpl)?$|\.haproxy$|haproxy[^/]*\.conf$/i.test(name)) return 'haproxy';
  return /\.conf(\.template|\.tmpl)?$|\.nginx(conf)?$|\.template$/i.test(name) ? 'nginx' : undefined;
}
