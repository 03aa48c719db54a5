import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseHaproxy } from '../../../server/src/proxy/haproxy/parse.js';
import { parseNginx } from '../../../server/src/proxy/nginx/parse.js';
import type { Word } from '../../../server/src/proxy/word.js';
import { allDirectives, directivesAt } from '../../../server/src/proxy/nginx/walk.js';

suite('nginx', () => {
  test('words know their text, their quotes and their place', () => {
    const text = 'proxy_set_header  "X \\"Y\\""  \'a b\' ${host}x; # c';
    const { directives, comments, errors } = parseNginx(text);
    const [directive] = directives;
    assert.deepEqual(
      directive?.args.map((word) => [word.value, word.quote, text.slice(word.start, word.end)]),
      [
        ['X "Y"', '"', '"X \\"Y\\""'],
        ['a b', "'", "'a b'"],
        ['${host}x', undefined, '${host}x'],
      ],
    );
    assert.equal(text.slice(directive?.start, directive?.end), text.slice(0, text.indexOf(';') + 1));
    assert.deepEqual(comments, [{ start: text.indexOf('#'), end: text.length }]);
    assert.deepEqual(errors, []);
  });

  test('blocks nest and know their parents', () => {
    const text = 'http { server { listen 80; } }';
    const all = [...allDirectives(parseNginx(text).directives)];
    assert.deepEqual(
      all.map((directive) => [directive.name.value, directive.parent?.name.value]),
      [
        ['http', undefined],
        ['server', 'http'],
        ['listen', 'server'],
      ],
    );
    assert.deepEqual(
      directivesAt(parseNginx(text), text.indexOf('80')).map((directive) => directive.name.value),
      ['http', 'server', 'listen'],
    );
  });

  test('Lua keeps its braces, strings and comments', () => {
    const text =
      'location / { content_by_lua_block { local s = "}" -- }\n x = [[ } ]] if a then b({}) end } return 200; }';
    const { directives, errors } = parseNginx(text);
    assert.deepEqual(errors, []);
    const inside = directives[0]?.block?.directives ?? [];
    assert.deepEqual(
      inside.map((directive) => directive.name.value),
      ['content_by_lua_block', 'return'],
    );
    const raw = inside[0]?.block?.raw;
    assert.ok(raw && text.slice(raw.start, raw.end).trim().endsWith('end'));
  });

  for (const [text, message] of [
    ['server { listen 80 }', /`;` is missing/],
    ['server {', /never closed/],
    ['}', /Unexpected `}`/],
    ['; ', /Unexpected `;`/],
    ['{ }', /Unexpected `{`/],
    ['server_name "a;\nlisten 80;', /never closed/],
    ['listen', /`;` is missing/],
  ] as const) {
    test(`half-typed: ${text}`, () => {
      assert.match(parseNginx(text).errors[0]?.message ?? '', message);
    });
  }

  test('what follows an open string is still read', () => {
    const names = Array.from(
      allDirectives(parseNginx('root "a;\nlisten 80;\nindex b;').directives),
      (one) => one.name.value,
    );
    assert.ok(names.includes('index'));
  });

  test('ten megabytes, and a hundred thousand levels, take linear time', () => {
    const flat = 'server { listen 80; location / { proxy_pass http://api:8000; } }\n'.repeat(160_000);
    const deep = 'a {'.repeat(100_000);
    const quotes = '"a\n'.repeat(100_000);
    const started = performance.now();
    assert.equal(parseNginx(flat).directives.length, 160_000);
    assert.equal([...allDirectives(parseNginx(deep).directives)].length, 100_000);
    parseNginx(quotes);
    assert.ok(performance.now() - started < 15_000);
  });

  test('any cut of a file is read without throwing, with places inside it', () => {
    const text =
      'http { upstream a { server "b c" weight=1; } map $x $y { default \'z\'; } # d\n server { return 200 ${x}\\;; } }';
    for (let end = 0; end <= text.length; end++) {
      const file = parseNginx(text.slice(0, end));
      for (const directive of allDirectives(file.directives)) {
        assert.ok(0 <= directive.start && directive.start <= directive.end && directive.end <= end);
      }
    }
  });
});

suite('haproxy', () => {
  const values = (words: readonly Word[]) => words.map((word) => word.value);

  test('sections, lines and words', () => {
    const text = 'global\n  daemon # in the background\nbackend api\n  no option httpclose\n  server a api:80 check\n';
    const { sections, comments, errors } = parseHaproxy(text);
    assert.deepEqual(errors, []);
    assert.equal(comments.length, 1);
    assert.deepEqual(
      sections.map((section) => [section.kind, section.name?.value, section.lines.length]),
      [
        ['global', undefined, 1],
        ['backend', 'api', 2],
      ],
    );
    const [option, server] = sections[1]?.lines ?? [];
    assert.equal(option?.prefix, 'no');
    assert.equal(option.keyword.value, 'option');
    assert.deepEqual(values(server?.args ?? []), ['a', 'api:80', 'check']);
    assert.equal(text.slice(server?.start, server?.end), 'server a api:80 check');
  });

  test('quotes and escapes', () => {
    const { sections } = parseHaproxy(`listen a\n  x "a b" 'c "d"' e\\ f g\\#h "i \\" j" k"l m"n \\x41\n`);
    assert.deepEqual(values(sections[0]?.lines[0]?.args ?? []), ['a b', 'c "d"', 'e f', 'g#h', 'i " j', 'kl mn', 'A']);
  });

  test('an open string and a missing line break are reported', () => {
    assert.match(parseHaproxy('listen a\n  x "b\n').errors[0]?.message ?? '', /not closed/);
    assert.match(parseHaproxy('listen a').errors[0]?.message ?? '', /line break/);
    assert.deepEqual(parseHaproxy('').errors, []);
  });

  test('ten megabytes take linear time', () => {
    const started = performance.now();
    assert.equal(
      parseHaproxy('backend a\n  server a api:8000 check weight 10\n'.repeat(220_000)).sections.length,
      220_000,
    );
    assert.ok(performance.now() - started < 15_000);
  });
});
