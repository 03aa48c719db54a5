import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { suite, test } from 'node:test';
import ts from 'typescript';

// Holds the import table of ARCHITECTURE.md.

/** What each part may import besides itself; the longest prefix of a path is its part. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'schemas/': ['compose/target.ts'],
  'server/src/text/': [],
  'server/src/protocol.ts': ['text/', 'compose/target.ts'],
  'server/src/compose/target.ts': [],
  'server/src/compose/syntax/': ['text/'],
  'server/src/compose/model/': ['text/', 'compose/target.ts', 'compose/syntax/'],
  'server/src/compose/schema/': ['schemas/', 'text/', 'compose/target.ts', 'compose/syntax/', 'compose/model/'],
  'server/src/compose/rules/': [
    'schemas/',
    'text/',
    'compose/target.ts',
    'compose/syntax/',
    'compose/model/',
    'compose/schema/',
  ],
  'server/src/compose/features/': [
    'schemas/',
    'text/',
    'compose/target.ts',
    'compose/syntax/',
    'compose/model/',
    'compose/schema/',
    'compose/rules/',
  ],
  'server/src/proxy/': ['text/'],
  'server/src/project/': ['text/', 'compose/', 'proxy/'],
  'server/src/lsp/': ['text/', 'compose/', 'proxy/', 'project/', 'protocol.ts'],
  'server/src/nodeHost.ts': ['text/', 'project/'],
  'server/src/cli/': ['text/', 'compose/', 'proxy/', 'project/', 'nodeHost.ts'],
  'server/src/cli.ts': ['cli/', 'main.ts'],
  'server/src/main.ts': ['lsp/', 'nodeHost.ts'],
  'client/src/': ['protocol.ts'],
};

/** Packages, and the only places that know them. */
const packages: readonly (readonly [name: RegExp, places: readonly string[]])[] = [
  [/^yaml$/, ['server/src/compose/syntax/', 'client/src/swarm/stackConfig.ts']],
  [/^vscode-languageserver/, ['server/src/lsp/', 'server/src/main.ts']],
  [/^node:/, ['server/src/main.ts', 'server/src/cli.ts', 'server/src/nodeHost.ts', 'server/src/cli/', 'client/src/']],
  [/^picomatch$/, ['server/src/lsp/', 'server/src/cli/', 'client/src/']],
  [/^vscode$/, ['client/src/']],
  [/^vscode-languageclient/, ['client/src/']],
  [/^dockerode$/, ['client/src/engine/']],
];

suite('imports', () => {
  test('go one way', () => {
    const found = ['schemas', 'server/src', 'client/src']
      .flatMap(filesBelow)
      .flatMap((file) => forbidden(file, readFileSync(file, 'utf8')));
    assert.deepEqual(found, []);
  });

  test('are seen in every form', () => {
    const rule = 'server/src/compose/rules/invented.ts';
    const refused = (text: string, file = rule) => forbidden(file, text).length;
    assert.equal(refused("import { x } from '../model/value.js';"), 0);
    assert.equal(refused("import { x } from '../../project/host.js';"), 1);
    assert.equal(refused("import type { x } from '../../project/host.js';"), 1);
    assert.equal(refused("export { x } from '../features/hover.js';"), 1);
    assert.equal(refused("const x = await import('../../lsp/session.js');"), 1);
    assert.equal(refused("type X = import('../../lsp/session.js').X;"), 1);
    assert.equal(refused("import '../../main.js';"), 1);
    assert.equal(refused("import { parse } from 'yaml';"), 1);
    assert.equal(refused("import { readFileSync } from 'node:fs';"), 1);
    assert.equal(refused("import fs = require('fs');"), 1);
    assert.equal(refused("import { x } from '../syntax/tree.js';", 'server/src/text/invented.ts'), 1);
    assert.equal(refused("import { x } from '../project/host.js';", 'server/src/proxy/invented.ts'), 1);
    assert.equal(refused("import { x } from '../../server/src/lsp/session.js';", 'client/src/invented.ts'), 1);
    assert.equal(refused("import { x } from '../../server/src/protocol.js';", 'client/src/invented.ts'), 0);
  });
});

/** The imports of a file that the table does not allow, in words. */
function forbidden(file: string, text: string): readonly string[] {
  return importsOf(file, text)
    .filter(
      (name) =>
        !(name.startsWith('.')
          ? isAllowed(file, posix.join(dirname(file), name).replace(/\.js$/, '.ts'))
          : isKnown(file, name)),
    )
    .map((name) => `${file} imports ${name}`);
}

function isAllowed(file: string, imported: string): boolean {
  const own = partOf(file);
  const prefixes = (mayImport[own] ?? []).map((it) => (it === 'schemas/' ? it : `server/src/${it}`));
  return [own, ...prefixes].some((prefix) => imported.startsWith(prefix));
}

function isKnown(file: string, name: string): boolean {
  return packages.some(([pattern, places]) => pattern.test(name) && places.some((place) => file.startsWith(place)));
}

function partOf(file: string): string {
  const parts = Object.keys(mayImport).filter((prefix) => file.startsWith(prefix));
  const longest = parts.sort((a, b) => b.length - a.length)[0];
  assert.ok(longest, `${file} is in no part of the table.`);
  return longest;
}

function importsOf(file: string, text: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isExternalModuleReference(node)
          ? node.expression
          : ts.isCallExpression(node) &&
              (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
            ? node.arguments[0]
            : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
              ? node.argument.literal
              : undefined;
    if (named && ts.isStringLiteral(named)) names.push(named.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return names;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && it.name.endsWith('.ts') && !it.name.endsWith('.d.ts'))
    .map((it) => join(it.parentPath, it.name));
}
