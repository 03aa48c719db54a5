import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file } from '../../../schemas/topLevel.js';
import { olderThan, type Attribute, type KnownName, type Type } from '../../../schemas/types.js';

function* attributesIn(type: Type | undefined, path: string): Iterable<readonly [string, Attribute]> {
  if (type === undefined) return;
  if (type.kind === 'union') for (const one of type.of) yield* attributesIn(one, path);
  if (type.kind === 'split') {
    yield* attributesIn(type.compose, path);
    if (type.stack !== type.compose) yield* attributesIn(type.stack, path);
  }
  if (type.kind === 'list') yield* attributesIn(type.items, `${path}[]`);
  if (type.kind === 'map') yield* attributesIn(type.values, `${path}.*`);
  if (type.kind !== 'object') return;
  for (const [key, attribute] of Object.entries(type.keys)) {
    const here = path === '' ? key : `${path}.${key}`;
    yield [here, attribute];
    yield* attributesIn(attribute.type, here);
  }
}

const table = [...attributesIn(file, '')];

test('every attribute is documented in sentences', () => {
  for (const [path, { doc, support }] of table) {
    assert.match(doc, /^[\p{Lu}`/].*[.?]$/su, path);
    for (const own of Object.values(support)) {
      if (own.status !== 'accepted' && own.instead !== undefined) assert.match(own.instead, /^\p{Lu}.*\.$/su, path);
    }
  }
});

test('every choice is documented in a sentence', () => {
  const words = (type: Type | undefined): readonly string[] => {
    if (type === undefined) return [];
    if (type.kind === 'union') return type.of.flatMap(words);
    if (type.kind === 'split') return [...words(type.compose), ...words(type.stack)];
    return type.kind === 'string' ? (type.choices ?? []).map(({ doc }) => doc) : [];
  };
  for (const [path, { type }] of table) for (const doc of words(type)) assert.match(doc, /\.$/, path);
});

test('every known name and its values are documented in a sentence, once', () => {
  const lists = new Set<readonly KnownName[]>();
  const visit = (type: Type | undefined): void => {
    if (type?.kind === 'union') type.of.forEach(visit);
    if (type?.kind === 'split') [type.compose, type.stack].forEach(visit);
    if (type?.kind === 'map' && type.known) lists.add(type.known);
  };
  for (const [, { type }] of table) visit(type);
  assert.ok(lists.size >= 6);
  for (const names of lists) {
    assert.equal(new Set(names.map(({ value }) => value)).size, names.length);
    for (const { doc, values = [] } of names)
      for (const it of [doc, ...values.map(({ doc }) => doc)]) assert.match(it, /\.$/);
  }
});

test('the table is complete', () => {
  const paths = new Set(table.map(([path]) => path));
  assert.ok(paths.size > 330, `${String(paths.size)} paths`);
  assert.ok(!olderThan('3.13', '3.9') && olderThan('3.9', '3.13') && olderThan('2.40', '5.0'));
});
