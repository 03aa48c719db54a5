import type { Project } from '../model/project.js';
import { isSurelyText } from '../syntax/yamlScalar.js';
import type { Primitive } from '../syntax/tree.js';
import type { MapValue, Value } from '../model/value.js';

/** The project as its tool sees it after merging, `extends`, `include`, aliases and variables, as YAML. */
export function effectiveConfig(project: Project): string {
  const { root } = project;
  if (!root) return '';
  const inactive = new Set(leftOut(project));
  // Compose has done with both; of a stack file the version decides what is allowed in it.
  const done = project.target === 'stack' ? [] : ['include', 'version'];
  const parts = shown(root).flatMap(([key, value]) => {
    if (typeof key === 'string' && done.includes(key)) return [];
    if (key !== 'services' || value.kind !== 'map') return entry(`${scalar(key)}:`, value, '  ');
    const services = shown(value).filter(([name]) => !inactive.has(String(name)));
    return services.length === 0
      ? ['services: {}']
      : ['services:', ...services.map(([name, it]) => serviceText(name, it))];
  });
  return `${parts.join('\n')}\n`;
}

/** The text of each service, kept for as long as it is the very same: in a large project one types in one of them. */
const written = new WeakMap<Value, { readonly name: Primitive; readonly text: string }>();

function serviceText(name: Primitive, value: Value): string {
  const known = written.get(value);
  // Under an alias a service is the same as another.
  if (known?.name === name) return known.text;
  const text = entry(`  ${scalar(name)}:`, without(value, 'extends'), '    ').join('\n');
  written.set(value, { name, text });
  return text;
}

/** The services that no active profile asks for, by name; docker stack knows no profiles. */
export function leftOut({ target, services }: Project): readonly string[] {
  if (target === 'stack') return [];
  return [...services.values()].filter(({ active }) => !active).map(({ name }) => name);
}

function without(value: Value, key: string): Value {
  if (value.kind !== 'map') return value;
  return { ...value, members: new Map([...value.members].filter(([it]) => it !== key)) };
}

/** `!reset` takes away what stands under a key. */
function shown({ members }: MapValue): readonly (readonly [string, Value])[] {
  return Array.from(members.values(), ({ key, value }) => [key, value] as const).filter(
    ([, { tag }]) => tag !== '!reset',
  );
}

function lines(value: Value, indent: string): readonly string[] {
  if (value.kind === 'map') {
    return shown(value).flatMap(([key, inner]) => entry(`${indent}${scalar(key)}:`, inner, `${indent}  `));
  }
  if (value.kind === 'seq') {
    return value.items.flatMap((item) => {
      if (item.kind === 'scalar') return [`${indent}- ${scalar(item.value)}`];
      if (isEmpty(item)) return [`${indent}- ${item.kind === 'map' ? '{}' : '[]'}`];
      const [first = '', ...rest] = lines(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  return [`${indent}${scalar(value.value)}`];
}

function entry(head: string, value: Value, indent: string): readonly string[] {
  if (value.kind === 'scalar') return [value.value === null ? head : `${head} ${scalar(value.value)}`];
  if (isEmpty(value)) return [`${head} ${value.kind === 'map' ? '{}' : '[]'}`];
  return [head, ...lines(value, indent)];
}

function isEmpty(value: Value): boolean {
  return value.kind === 'map' ? shown(value).length === 0 : value.kind === 'seq' && value.items.length === 0;
}

/** A text keeps its quotes where it would be another value, or another line, without them. */
function scalar(value: Primitive): string {
  if (typeof value !== 'string') return value === null ? 'null' : String(value);
  // The tool would read a plain `$` as a variable again.
  const text = value.replaceAll('$', '$$$$');
  const plain =
    /^[A-Za-z0-9_./~$(+=-][^\n\t]*$/.test(value) &&
    !/: |:$| #|\s$|^[-?:](\s|$)|^---|[\u0000-\u001f]/.test(value) &&
    isSurelyText(value) &&
    !/^\d+(:\d+)+$/.test(value);
  return plain ? text : JSON.stringify(text);
}
