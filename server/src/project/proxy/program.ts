import { parseImage } from '../../compose/model/image.js';
import type { Service } from '../../compose/model/service.js';
import { get, str } from '../../compose/model/value.js';
import type { ProxyConfig } from '../../proxy/rule.js';
import { parseVersion, type Version } from '../../proxy/version.js';
import type { Command } from './command.js';
import type { Build } from './world.js';

/** The proxy that a service runs. */
export interface Program {
  readonly kind: ProxyConfig['kind'];
  readonly version?: Version;
  /** Whether it is the open-source edition in its official image, with the modules and files that are in it. */
  readonly official: boolean;
}

/** Which proxy a service runs: told by its image, by the image it is built on, or by its command. */
export function programOf(service: Service, build: Build | undefined, command: Command): Program | undefined {
  const base = build?.dockerfile.base;
  const image = base !== undefined && base !== '' && !base.includes('$') ? base : str(get(service.value, 'image'));
  const ref = image === undefined ? undefined : parseImage(image).value;
  const kind = (ref && kindOfImage(ref.repository)) ?? kindOfCommand(command.text) ?? kindOfCopies(build);
  if (kind === undefined) return undefined;
  const official = ref !== undefined && officialImages.has(`${ref.registry}/${ref.repository}`);
  const version = official && ref.tag !== undefined ? parseVersion(ref.tag) : undefined;
  return { kind, ...(version && { version }), official: official && build === undefined };
}

const officialImages: ReadonlySet<string> = new Set([
  'docker.io/library/nginx',
  'docker.io/nginxinc/nginx-unprivileged',
  'docker.io/library/haproxy',
]);

function kindOfImage(repository: string): ProxyConfig['kind'] | undefined {
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  // Programs around a proxy, and images that write its configuration themselves.
  if (/exporter|nginx-proxy|docker-gen|companion|-ui\b|manager|ingress|dataplane/.test(name)) return undefined;
  if (/haproxy/.test(name)) return 'haproxy';
  return /nginx|openresty|^angie|^swag$/.test(name) ? 'nginx' : undefined;
}

function kindOfCommand(text: string): ProxyConfig['kind'] | undefined {
  const word = /(?:^|[\s/;&|"'])(nginx|haproxy)(?=\s+-|["']|$)/.exec(text)?.[1];
  return word === 'nginx' || word === 'haproxy' ? word : undefined;
}

/** An image that installs the proxy by itself is told by the configuration it takes in. */
function kindOfCopies(build: Build | undefined): ProxyConfig['kind'] | undefined {
  const paths = build?.dockerfile.copies.flatMap(({ sources, target }) => [...sources, target]) ?? [];
  if (paths.some((path) => /\/etc\/nginx\/|(?:^|\/)nginx\.conf$/.test(path))) return 'nginx';
  return paths.some((path) => /(?:^|\/)haproxy\.cfg$|\/etc\/haproxy\//.test(path)) ? 'haproxy' : undefined;
}
