/** What a file says; `Tagged` has a tag or an anchor before its value, `Alias` repeats an anchor. */
export type Yaml =
  string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml } | Tagged | Alias;

export class Tagged {
  constructor(
    readonly tag: string,
    readonly value: Yaml,
  ) {}
}

export class Alias {
  constructor(readonly name: string) {}
}

export function tagged(tag: string, value: Yaml): Tagged {
  return new Tagged(tag, value);
}

/** A mapping in block style, one key a line. */
export function writeYaml(value: { readonly [key: string]: Yaml }): string {
  return `${block(value, '').join('\n')}\n`;
}

function block(value: Yaml, indent: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Yaml) => entry(`${indent}-`, item, indent));
  return Object.entries(value as Readonly<Record<string, Yaml>>).flatMap(([key, item]) =>
    entry(`${indent}${plain(key)}:`, item, indent),
  );
}

function entry(head: string, value: Yaml, indent: string): readonly string[] {
  if (value instanceof Tagged) return entry(`${head} ${value.tag}`, value.value, indent);
  if (value instanceof Alias) return [`${head} *${value.name}`];
  if (value === null) return [head];
  if (typeof value !== 'object') return [`${head} ${typeof value === 'string' ? plain(value) : String(value)}`];
  const isEmpty = Object.keys(value).length === 0;
  if (isEmpty) return [`${head} ${Array.isArray(value) ? '[]' : '{}'}`];
  return [head, ...block(value, `${indent}  `)];
}

function plain(text: string): string {
  return /^[A-Za-z./][\w ./=-]*$|^<<$/.test(text) && !/ $|^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
