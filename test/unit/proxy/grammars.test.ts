import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';

/** The innermost scope of every word of a text that has one besides the grammar's own. */
function scopes(grammar: IGrammar, text: string): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  let state = INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes: names } of tokens) {
      const scope = names.findLast((name) => !name.startsWith('meta.') && !name.startsWith('source.'));
      const word = line.slice(startIndex, endIndex).trim();
      if (scope !== undefined && word !== '' && !scope.startsWith('punctuation'))
        found.push([word, scope.replace(/\.\w+$/, '')]);
    }
  }
  return found;
}

suite('grammars', () => {
  const loaded = new Map<string, IGrammar>();

  before(async () => {
    const wasm = readFileSync(join(process.cwd(), 'node_modules/vscode-oniguruma/release/onig.wasm'));
    await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
    for (const name of ['nginx', 'haproxy']) {
      const file = join(process.cwd(), `syntaxes/${name}.tmLanguage.json`);
      const registry = new Registry({
        onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
        loadGrammar: (scope) =>
          Promise.resolve(
            scope === `source.${name}.longshore` ? parseRawGrammar(readFileSync(file, 'utf8'), file) : null,
          ),
      });
      const grammar = await registry.loadGrammar(`source.${name}.longshore`);
      if (grammar) loaded.set(name, grammar);
    }
  });

  const check = (name: string, text: string, expected: readonly (readonly [string, string])[]) => {
    const grammar = loaded.get(name);
    assert.ok(grammar, `${name} loads`);
    assert.deepEqual(scopes(grammar, text), expected);
  };

  test('nginx: upstream and servers', () => {
    check('nginx', 'upstream api {\n  least_conn; # why\n  server app:8000 weight=5 backup;\n}', [
      ['upstream', 'keyword.control'],
      ['api', 'entity.name.type'],
      ['least_conn', 'keyword.other.directive'],
      ['why', 'comment.line.number-sign'],
      ['server', 'keyword.other.directive'],
      ['app', 'entity.name.host'],
      ['8000', 'constant.numeric.port'],
      ['weight', 'variable.parameter'],
      ['=', 'keyword.operator.assignment'],
      ['5', 'constant.numeric'],
      ['backup', 'storage.modifier'],
    ]);
  });

  test('nginx: locations, passes and variables', () => {
    check(
      'nginx',
      'server {\n  location ~ \\.php$ {\n    proxy_pass http://$app:80/x;\n    proxy_set_header Host "$host";\n  }\n  gzip on;\n}',
      [
        ['server', 'keyword.control'],
        ['location', 'keyword.control'],
        ['~', 'keyword.operator'],
        ['\\.php$', 'string.regexp'],
        ['proxy_pass', 'keyword.other.directive.pass'],
        ['http', 'keyword.other.scheme'],
        ['app', 'variable.other'],
        ['80', 'constant.numeric.port'],
        ['proxy_set_header', 'keyword.other.directive'],
        ['host', 'variable.other'],
        ['gzip', 'keyword.other.directive'],
        ['on', 'constant.language'],
      ],
    );
  });

  test('nginx: a block ends where it ends', () => {
    check(
      'nginx',
      'http {\n  map $a $b {\n    default 1;\n    ~^x y;\n  }\n  if ($b = "1") { return 204; }\n}\nevents {}',
      [
        ['http', 'keyword.control'],
        ['map', 'keyword.control'],
        ['a', 'variable.other'],
        ['b', 'variable.other'],
        ['default', 'keyword.other'],
        ['1', 'constant.numeric'],
        ['~^x', 'string.regexp'],
        ['if', 'keyword.control.conditional'],
        ['b', 'variable.other'],
        ['=', 'keyword.operator'],
        ['1', 'string.quoted.double'],
        ['return', 'keyword.other.directive'],
        ['204', 'constant.numeric'],
        ['events', 'keyword.control'],
      ],
    );
  });

  test('HAProxy', () => {
    check(
      'haproxy',
      'frontend web\n  bind *:80 # all\n  acl is_api path_beg /api\n  use_backend api if is_api\nbackend api\n  balance leastconn\n  no option httpclose\n  server a "${HOST}:80" check weight 10\n  server-template b 1-5 app:8000 resolvers docker\n',
      [
        ['frontend', 'keyword.control'],
        ['web', 'entity.name.type'],
        ['bind', 'keyword.other.directive'],
        ['80', 'constant.numeric.port'],
        ['all', 'comment.line.number-sign'],
        ['acl', 'keyword.other.directive'],
        ['is_api', 'variable.other.constant'],
        ['use_backend', 'keyword.other.directive'],
        ['api', 'entity.name.type'],
        ['if', 'keyword.control.conditional'],
        ['backend', 'keyword.control'],
        ['api', 'entity.name.type'],
        ['balance', 'keyword.other.directive'],
        ['no', 'storage.modifier'],
        ['option', 'keyword.other.directive'],
        ['server', 'keyword.other.directive'],
        ['a', 'entity.name.function'],
        ['${HOST}', 'variable.other'],
        ['80', 'constant.numeric.port'],
        ['check', 'variable.parameter'],
        ['weight', 'variable.parameter'],
        ['10', 'constant.numeric'],
        ['server-template', 'keyword.other.directive'],
        ['b', 'entity.name.function'],
        ['1-5', 'constant.numeric'],
        ['app', 'entity.name.host'],
        ['8000', 'constant.numeric.port'],
        ['resolvers', 'variable.parameter'],
      ],
    );
  });
});
