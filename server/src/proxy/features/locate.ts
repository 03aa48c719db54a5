import { contains, type Span } from '../../text/span.js';
import type { HaproxyFile } from '../haproxy/parse.js';
import { namedDestinations } from '../destinations.js';
import type { Context, ProxyConfig } from '../rule.js';
import type { Destination, Group } from '../upstream.js';
import { partOf } from '../word.js';

/** What stands at a place of a proxy's file. */
export type Located =
  /** The host or port of an address. */
  | { readonly kind: 'address'; readonly destination: Destination; readonly at: Span }
  /** An upstream or backend: where it is defined, or where a pass names it. */
  | { readonly kind: 'group'; readonly name: string; readonly at: Span };

/** What the cursor is on; undefined for anything that leads nowhere. */
export function locate(config: ProxyConfig, context: Context, offset: number): Located | undefined {
  for (const destination of namedDestinations(config, context)) {
    const { hostAt, port } = destination.address;
    const at = { start: hostAt.start, end: port?.at.end ?? hostAt.end };
    if (contains(at, offset)) return { kind: 'address', destination, at };
  }
  for (const group of config.model.groups) {
    if (contains(group.nameAt, offset)) return { kind: 'group', name: group.name, at: group.nameAt };
  }
  for (const { target } of config.model.passes) {
    if (target.kind === 'group' && contains(target.at, offset)) {
      return { kind: 'group', name: target.name, at: target.at };
    }
    // A name that another file of the proxy defines reads as an address here.
    if (target.kind === 'address' && contains(target.address.hostAt, offset)) {
      const defined = definitionOf(target.address.host, [config, ...context.siblings]);
      if (defined) return { kind: 'group', name: defined.group.name, at: target.address.hostAt };
    }
  }
  return undefined;
}

/** Where a group is defined among the files of a proxy. */
export function definitionOf(
  name: string,
  configs: readonly ProxyConfig[],
): { readonly config: ProxyConfig; readonly group: Group } | undefined {
  for (const config of configs) {
    const group = config.model.groups.find((it) => it.name.toLowerCase() === name.toLowerCase());
    if (group) return { config, group };
  }
  return undefined;
}

/** Every place of a file that names a group, its definition first. */
export function groupPlaces(config: ProxyConfig, name: string): readonly Span[] {
  const wanted = name.toLowerCase();
  const defined = config.model.groups.filter((it) => it.name.toLowerCase() === wanted).map(({ nameAt }) => nameAt);
  const used = config.model.passes.flatMap(({ target }) =>
    target.kind === 'group' && target.name.toLowerCase() === wanted
      ? [target.at]
      : target.kind === 'address' && target.address.host.toLowerCase() === wanted
        ? [target.address.hostAt]
        : [],
  );
  return [...defined, ...used, ...(config.kind === 'haproxy' ? mentionsIn(config.file, wanted) : [])];
}

/** Where conditions and tables of HAProxy name a backend: `nbsrv(NAME)`, `srv_is_up(NAME/SERVER)`, `table NAME`. */
function mentionsIn({ sections }: HaproxyFile, name: string): readonly Span[] {
  return sections.flatMap(({ lines }) =>
    lines.flatMap(({ args }) =>
      args.flatMap((word, i): readonly Span[] => {
        if (word.value.toLowerCase() === name)
          return args[i - 1]?.value === 'table' ? [partOf(word, 0, name.length)] : [];
        const [, before, inside = ''] = /^([\w.]+\()([^,)/]+)/.exec(word.value) ?? [];
        const isBackend = before !== undefined && /^(?:nbsrv|be_|srv_|connslots|avg_queue|queue|table_)/.test(before);
        return isBackend && inside.toLowerCase() === name
          ? [partOf(word, before.length, before.length + inside.length)]
          : [];
      }),
    ),
  );
}
