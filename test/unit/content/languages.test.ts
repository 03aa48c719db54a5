import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';

// What VS Code does by itself while somebody types: what Enter indents, and how a line is commented.

interface LanguageConfiguration {
  readonly comments?: { readonly lineComment: string };
  readonly onEnterRules?: readonly {
    readonly beforeText: string;
    readonly action: { readonly indent: string; readonly appendText?: string };
  }[];
  readonly indentationRules?: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: { readonly languages: readonly { readonly id: string; readonly configuration?: string }[] };
};

function configurationOf(id: string): LanguageConfiguration {
  const { configuration = '' } = manifest.contributes.languages.find((language) => language.id === id) ?? {};
  return JSON.parse(readFileSync(configuration, 'utf8')) as LanguageConfiguration;
}

/** By how many columns the line after this one is further in, with two spaces to a tab. */
function indented(id: string, line: string): number {
  const { onEnterRules = [] } = configurationOf(id);
  const { action } = onEnterRules.find(({ beforeText }) => new RegExp(beforeText).test(line)) ?? {};
  return (action?.indent === 'indent' ? 2 : 0) + (action?.appendText?.length ?? 0);
}

suite('Enter in a Compose file', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['services:', 2],
    ['  web:', 2],
    ['  "my service":', 2],
    ['    ports:   # published', 2],
    ['    deploy: &deploy', 2],
    ['    ports: !override', 2],
    ['    command: |', 2],
    ['    command: >-', 2],
    ['    <<:', 2],
    ['      - action: sync', 2],
    ['      - type: bind # a folder', 2],
    ['      - driver:', 4],
    ['    image: nginx', 0],
    ['    image: nginx:', 0],
    ['    x-note: "a:"', 0],
    ['      - "8080:80"', 0],
    ['      - 8080:80', 0],
    ['      - ./data:/data', 0],
    ['      - FOO=bar:', 0],
    ['# services:', 0],
    ['    # ports:', 0],
    ['', 0],
    ['    test: [CMD, "a:"', 0],
    ['    labels: { a:', 0],
  ];
  for (const [line, columns] of cases) {
    test(`${JSON.stringify(line)} goes ${columns} further in`, () => {
      assert.equal(indented('dockercompose', line), columns);
    });
  }
});

suite('nginx and HAProxy files', () => {
  test('are commented with #', () => {
    for (const id of ['longshore-nginx', 'longshore-haproxy']) {
      assert.equal(configurationOf(id).comments?.lineComment, '#');
    }
  });

  test('a block of nginx is further in, and its end is not', () => {
    const { increaseIndentPattern = '', decreaseIndentPattern = '' } =
      configurationOf('longshore-nginx').indentationRules ?? {};
    const opens = (line: string): boolean => new RegExp(increaseIndentPattern).test(line);
    for (const line of ['http {', '  location / { # all', '  location ~ \\.php$ {']) assert.ok(opens(line), line);
    for (const line of ['listen 80;', '# http {', 'log_format a "{"; ', 'return 200 "{}";']) {
      assert.ok(!opens(line), line);
    }
    assert.match('  }', new RegExp(decreaseIndentPattern));
    assert.doesNotMatch('  server_name a;', new RegExp(decreaseIndentPattern));
  });

  test('what follows the first line of a section of HAProxy is further in', () => {
    for (const line of ['defaults', 'backend web', 'resolvers docker # of Docker']) {
      assert.equal(indented('longshore-haproxy', line), 2, line);
    }
    for (const line of ['  mode http', '# backend web', '  default_backend web', 'backends']) {
      assert.equal(indented('longshore-haproxy', line), 0, line);
    }
  });
});
