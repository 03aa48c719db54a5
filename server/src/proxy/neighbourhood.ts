/** What a proxy's container finds on the network. Names are looked up without regard to case, as Docker's DNS does. */
export interface Neighbourhood {
  /** The service that runs the proxy. */
  readonly service: string;
  /** Every name that resolves from inside the proxy's container. */
  readonly names: readonly ReachableName[];
  /** Names that exist in the project and do not resolve from there. */
  readonly hidden: readonly HiddenName[];
  /** Whether other names may resolve that the project does not know: an external network, links to outside, a custom DNS. */
  readonly open: boolean;
  /** Whether the proxy shares the network of the host, where `localhost` is the host and service names do not resolve. */
  readonly hostNetwork: boolean;
  /** Services that share the proxy's own network namespace: they are on its `localhost`. */
  readonly local?: readonly Peer[];
}

export interface ReachableName {
  readonly name: string;
  readonly kind: 'service' | 'alias' | 'containerName' | 'hostname' | 'link' | 'extraHost' | 'taskName';
  /** Undefined for an `extra_hosts` entry. */
  readonly peer?: Peer;
}

/** A service as the proxy sees it. */
export interface Peer {
  readonly service: string;
  /** What it runs, as text that is the same for two services that run the same: its image, or what it is built from. */
  readonly runs?: string;
  /** What its containers listen on; a port is certain where the service declares it, unsure where its image is only known to use it. */
  readonly ports: readonly { readonly port: number; readonly certain: boolean }[];
  readonly publishedPorts: readonly { readonly published: number; readonly target: number }[];
  readonly replicas: number;
  /** Whether the name has the address of every replica: always in Compose; in a stack for `endpoint_mode: dnsrr` and `tasks.NAME`. */
  readonly dnsrr: boolean;
}

export interface HiddenName {
  readonly name: string;
  readonly service: string;
  /** A clause that ends the sentence "… is not reachable: ", such as "it is on the network `back` only". */
  readonly why: string;
}

export function findName(neighbourhood: Neighbourhood, host: string): ReachableName | undefined {
  const wanted = host.toLowerCase().replace(/\.$/, '');
  return neighbourhood.names.find((entry) => entry.name.toLowerCase() === wanted);
}
