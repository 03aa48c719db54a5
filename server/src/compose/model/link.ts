/** An item of `links` or `external_links`. */
export interface Link {
  readonly name: string;
  readonly alias?: string;
}

/** `db:alias` links `db`; with more colons the whole text is the name to docker compose. */
export function parseLink(text: string): Link {
  const [name = '', alias, ...more] = text.split(':');
  if (more.length > 0) return { name: text };
  return alias === undefined ? { name } : { name, alias };
}

/** An item of `volumes_from`: a service, or `container:` and a container of any origin, each with an optional `ro` or `rw`. */
export function parseVolumesFrom(text: string): { readonly kind: 'service' | 'container'; readonly name: string } {
  const parts = text.split(':');
  const [first = '', second = ''] = parts;
  return first === 'container' && parts.length > 1
    ? { kind: 'container', name: second }
    : { kind: 'service', name: first };
}

/** What a `network_mode`, `ipc`, `pid`, `uts` or `cgroup` joins; undefined for a word such as `host`. */
export function parseJoin(text: string): { readonly kind: 'service' | 'container'; readonly name: string } | undefined {
  const [, kind, name = ''] = /^(service|container):(.*)$/s.exec(text) ?? [];
  return kind === 'service' || kind === 'container' ? { kind, name } : undefined;
}
