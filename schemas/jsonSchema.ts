import type { Target } from '../server/src/compose/target.js';
import { file } from './topLevel.js';
import {
  newestCompose,
  newestStack,
  olderThan,
  type Attribute,
  type Extensions,
  type ObjectType,
  type ScalarType,
  type Support,
  type Type,
} from './types.js';

type Json = Readonly<Record<string, unknown>>;

const titles: Readonly<Record<Target, string>> = {
  compose: 'Compose file, as docker compose reads it',
  stack: `Stack file of format ${newestStack}, as docker stack deploy reads it`,
};

/** The attribute table as a JSON Schema (draft-07) for other editors, with the newest release of the target in mind. */
export function jsonSchema(target: Target): Json {
  const shared = repeated(file, target);
  const writer = new Writer(target, shared);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: titles[target],
    ...writer.body(file),
    definitions: Object.fromEntries([...shared].map(([type, name]) => [name, writer.body(type)])),
  };
}

/** Forms that stand at several keys, each under the name of the first key that has it. */
function repeated(root: Type, target: Target): ReadonlyMap<Type, string> {
  const first = new Map<Type, string>();
  const shared = new Map<Type, string>();
  const names = new Set<string>();
  const visit = (type: Type | undefined, key: string): void => {
    if (type === undefined || isScalar(type) || type.kind === 'any') return;
    const before = first.get(type);
    if (before !== undefined) {
      if (!shared.has(type)) shared.set(type, unusedName(before, names));
      return;
    }
    first.set(type, key);
    if (type.kind === 'union') for (const one of type.of) visit(one, key);
    else if (type.kind === 'split') visit(type[target], key);
    else if (type.kind === 'list') visit(type.items, key);
    else if (type.kind === 'map') visit(type.values, key);
    else for (const [name, attribute] of known(type, target)) visit(attribute.type, name);
  };
  visit(root, 'file');
  return shared;
}

function unusedName(wanted: string, names: Set<string>): string {
  let name = wanted;
  for (let count = 2; names.has(name); count++) name = `${wanted}${String(count)}`;
  names.add(name);
  return name;
}

function known(type: ObjectType, target: Target): readonly (readonly [string, Attribute])[] {
  const newest = target === 'compose' ? newestCompose : newestStack;
  return Object.entries(type.keys).filter(([, { support }]) => {
    const own = support[target];
    return own.status !== 'refused' && !olderThan(newest, own.since);
  });
}

function isScalar(type: Type): type is ScalarType {
  return ['string', 'integer', 'number', 'boolean', 'null'].includes(type.kind);
}

class Writer {
  constructor(
    private readonly target: Target,
    private readonly shared: ReadonlyMap<Type, string>,
  ) {}

  private form(type: Type): Json {
    const name = this.shared.get(type);
    return name === undefined ? this.body(type) : { $ref: `#/definitions/${name}` };
  }

  body(type: Type): Json {
    switch (type.kind) {
      case 'any':
        return {};
      case 'split': {
        const own = type[this.target];
        return own === undefined ? { not: {} } : this.form(own);
      }
      case 'union': {
        const alternatives = type.of.filter((one) => one.kind !== 'split' || one[this.target] !== undefined);
        const [only, ...others] = alternatives;
        return only !== undefined && others.length === 0
          ? this.form(only)
          : { anyOf: alternatives.map((one) => this.form(one)) };
      }
      case 'list':
        return {
          type: 'array',
          items: this.form(type.items),
          ...(type.unique.includes(this.target) && type.uniqueUntil === undefined ? { uniqueItems: true } : {}),
        };
      case 'map':
        return type.keys === undefined
          ? { type: 'object', additionalProperties: this.form(type.values) }
          : {
              type: 'object',
              patternProperties: { [type.keys.source]: this.form(type.values) },
              additionalProperties: false,
            };
      case 'object':
        return this.object(type);
      default:
        return this.scalar(type);
    }
  }

  private object(type: ObjectType): Json {
    const required = type.required[this.target];
    const extended = isOn(type.extensions[this.target]);
    return {
      type: 'object',
      properties: Object.fromEntries(
        known(type, this.target).map(([key, attribute]) => [key, this.attribute(attribute)]),
      ),
      ...(required.length > 0 ? { required } : {}),
      ...(extended ? { patternProperties: { '^x-': {} } } : {}),
      additionalProperties: isOn(type.open[this.target]),
    };
  }

  private attribute({ type, doc, support, default: standard }: Attribute): Json {
    const form = this.form(type);
    const own = support[this.target];
    return {
      description: [doc, note(own, this.target), standard === undefined ? '' : `Default: ${standard}.`]
        .filter((part) => part !== '')
        .join(' '),
      ...(own.status === 'deprecated' ? { deprecated: true } : {}),
      // Draft-07 reads nothing beside a `$ref`.
      ...('$ref' in form ? { allOf: [form] } : form),
    };
  }

  private scalar(type: ScalarType): Json {
    switch (type.kind) {
      case 'null':
        return { type: 'null' };
      case 'boolean':
        return this.cast({ type: 'boolean' }, type.cast);
      case 'integer':
      case 'number': {
        const { min, max } = type;
        const range = {
          ...(min === undefined ? {} : { minimum: min }),
          ...(max === undefined ? {} : { maximum: max }),
        };
        return this.cast({ type: type.kind, ...range }, type.cast);
      }
      case 'string': {
        const { choices, enforced, pattern } = type;
        const words = choices?.map(({ value }) => value);
        if (pattern?.by.includes(this.target) === true) {
          return {
            type: 'string',
            pattern: `${pattern.test.source}|\\$`,
            ...(words === undefined ? {} : { examples: words }),
          };
        }
        if (words === undefined) return { type: 'string' };
        return enforced[this.target] === 'no'
          ? { type: 'string', examples: words }
          : { anyOf: [{ enum: words }, variable] };
      }
    }
  }

  /** docker compose takes every string that reads as the type, a stack only one with a variable in it. */
  private cast(form: Json, cast: 'both' | 'compose' | 'never'): Json {
    if (cast === 'never' || (cast === 'compose' && this.target === 'stack')) return form;
    return { anyOf: [form, this.target === 'compose' ? { type: 'string' } : variable] };
  }
}

const variable: Json = { type: 'string', pattern: '\\$' };

function isOn(allowed: Extensions): boolean {
  return allowed !== false;
}

function note(support: Support, target: Target): string {
  switch (support.status) {
    case 'deprecated':
      return support.instead;
    case 'ignored':
      return [`${target === 'stack' ? 'docker stack deploy' : 'docker compose'} ignores it.`, support.instead ?? '']
        .join(' ')
        .trim();
    default:
      return target === 'compose' && support.status === 'accepted' && support.since !== '2.0'
        ? `Since docker compose ${support.since}.`
        : '';
  }
}
