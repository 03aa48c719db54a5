import type { Span } from '../../text/span.js';
import type { Directive } from '../nginx/parse.js';
import type { HaproxyConfig, ProxyConfig } from '../rule.js';
import type { Group } from '../upstream.js';

export interface ProxySymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'group' | 'server' | 'site' | 'location' | 'section';
  readonly at: Span;
  readonly nameAt: Span;
  readonly children: readonly ProxySymbol[];
}

/** The outline of a proxy's file: upstreams with their servers, sites with their locations; sections of HAProxy. */
export function proxySymbols(config: ProxyConfig): readonly ProxySymbol[] {
  const groups = config.model.groups.map(groupSymbol);
  const rest = config.kind === 'nginx' ? sites(config.file.directives) : sections(config);
  return [...groups, ...rest].sort((a, b) => a.at.start - b.at.start);
}

function groupSymbol({ name, nameAt, at, sort, servers }: Group): ProxySymbol {
  return {
    name,
    detail: sort,
    kind: 'group',
    at,
    nameAt,
    children: servers.map((server) => ({
      name: server.address.text,
      detail: server.name ?? '',
      kind: 'server',
      at: server.at,
      nameAt: inside(server.address.at, server.at),
      children: [],
    })),
  };
}

function sites(directives: readonly Directive[]): readonly ProxySymbol[] {
  return directives.flatMap((directive): readonly ProxySymbol[] => {
    const children = directive.block?.directives ?? [];
    const argument = (name: string): string | undefined =>
      children
        .find((child) => child.name.value === name)
        ?.args.map(({ value }) => value)
        .join(' ');
    switch (directive.name.value) {
      case 'http':
      case 'stream':
        return sites(children);
      case 'server':
        return directive.block
          ? [symbol(directive, 'site', argument('server_name') ?? 'server', argument('listen') ?? '', sites(children))]
          : [];
      case 'location': {
        const path = directive.args.map(({ value }) => value).join(' ');
        return [symbol(directive, 'location', `location ${path}`, argument('proxy_pass') ?? '', sites(children))];
      }
      default:
        return [];
    }
  });
}

function symbol(
  { start, end, name: word }: Directive,
  kind: ProxySymbol['kind'],
  name: string,
  detail: string,
  children: readonly ProxySymbol[],
): ProxySymbol {
  return { name, detail, kind, at: { start, end }, nameAt: { start: word.start, end: word.end }, children };
}

function sections({ file, model }: HaproxyConfig): readonly ProxySymbol[] {
  const known = new Set(model.groups.map(({ at }) => at.start));
  return file.sections.flatMap(({ kind, header, name, start, end }): readonly ProxySymbol[] => {
    if (known.has(start)) return [];
    return [
      {
        name: name?.value ?? kind,
        detail: name ? kind : '',
        kind: 'section',
        at: { start, end },
        nameAt: { start: (name ?? header.keyword).start, end: (name ?? header.keyword).end },
        children: [],
      },
    ];
  });
}

/** A name that stands elsewhere, as a variable's value does, is shown where it is used. */
function inside(span: Span, outer: Span): Span {
  return outer.start <= span.start && span.end <= outer.end ? span : outer;
}
