import type { Span } from '../text/span.js';

/** What a proxy's configuration says about where requests come in and go to: the same words for nginx and HAProxy. */
export interface ProxyModel {
  readonly kind: 'nginx' | 'haproxy';
  readonly groups: readonly Group[];
  readonly passes: readonly Pass[];
  readonly resolvers: readonly Resolver[];
  readonly listens: readonly Listen[];
  readonly includes: readonly Include[];
}

/** An nginx `upstream`, or a `backend` or `listen` of HAProxy. */
export interface Group {
  readonly name: string;
  readonly nameAt: Span;
  /** The whole block or section. */
  readonly at: Span;
  readonly sort: 'upstream' | 'backend' | 'listen';
  readonly layer: 'http' | 'stream';
  readonly servers: readonly Server[];
  /** Its balancing method as written; undefined for the proxy's own choice. */
  readonly method?: { readonly name: string; readonly at: Span };
  /** Whether servers may come from an `include` or a program, so that none written here means little. */
  readonly open: boolean;
}

export interface Server {
  /** HAProxy's own name for it. */
  readonly name?: string;
  readonly at: Span;
  readonly address: Address;
  readonly params: readonly Param[];
  /** How many servers the line stands for: the slots of a `server-template`. */
  readonly slots: number;
  readonly template: boolean;
  readonly resolved: Resolved;
}

/** One parameter, written `name=value` (nginx) or `name value` (HAProxy). */
export interface Param {
  readonly name: string;
  readonly value?: string;
  readonly at: Span;
}

/** When names become addresses: once, at start and reload, or again and again while the proxy runs. */
export type Resolved = 'once' | 'runtime';

/** A place that hands requests on. */
export interface Pass {
  /** `proxy_pass`, `fastcgi_pass`, …, `use_backend` or `default_backend`. */
  readonly by: string;
  readonly at: Span;
  readonly target: Target;
  readonly layer: 'http' | 'stream';
}

export type Target =
  | { readonly kind: 'group'; readonly name: string; readonly at: Span; readonly port?: Span }
  | { readonly kind: 'address'; readonly address: Address; readonly resolved: Resolved }
  /** Known when a request comes: it depends on a variable of the request. */
  | { readonly kind: 'unknown' };

export interface Address {
  /** As the proxy sees it, with its port. */
  readonly text: string;
  readonly at: Span;
  /** `variable`: a variable in the host is only known when the proxy runs. */
  readonly sort: 'name' | 'ip' | 'unix' | 'variable';
  readonly host: string;
  readonly hostAt: Span;
  readonly port?: Port;
  /** What is used without a written port. */
  readonly defaultPort?: number;
}

export interface Port {
  readonly text: string;
  readonly at: Span;
  /** Undefined for what is no port number. */
  readonly number?: number;
}

export interface Resolver {
  /** HAProxy's name of the section. */
  readonly name?: string;
  readonly at: Span;
  readonly addresses: readonly string[];
}

export interface Listen {
  readonly at: Span;
  readonly text: string;
  readonly port?: number;
}

export interface Include {
  readonly at: Span;
  readonly pattern: string;
}

/** The port a request goes to: the written one, or the proxy's default. */
export function portOf(address: Address): number | undefined {
  return address.port ? address.port.number : address.defaultPort;
}

/** Every address the proxy connects to, with what refers to it. */
export function* addressesOf(model: ProxyModel): Generator<Destination> {
  for (const group of model.groups) {
    for (const server of group.servers) yield { address: server.address, resolved: server.resolved, server, group };
  }
  for (const pass of model.passes) {
    if (pass.target.kind === 'address') yield { address: pass.target.address, resolved: pass.target.resolved, pass };
  }
}

export interface Destination {
  readonly address: Address;
  readonly resolved: Resolved;
  readonly server?: Server;
  readonly group?: Group;
  readonly pass?: Pass;
}
