import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ViewSource } from '../../../../client/src/logs/protocol.js';
import { Announcer } from '../../../../client/src/logs/view/announcer.js';
import { pieces, plainText } from '../../../../client/src/logs/view/ansi.js';
import { fileLinks } from '../../../../client/src/logs/view/fileLinks.js';
import { formatRow, formatTime } from '../../../../client/src/logs/view/format.js';
import { levelOf } from '../../../../client/src/logs/view/level.js';
import { LineStore } from '../../../../client/src/logs/view/lineStore.js';
import type { LineFilter, Row } from '../../../../client/src/logs/view/lineStore.js';
import { matches, ranges, readQuery } from '../../../../client/src/logs/view/query.js';

const api: ViewSource = { id: '1', name: 'api-1', color: 0 };
const web: ViewSource = { id: '2', name: 'web-1', color: 1 };
const nothing: LineFilter = { query: { kind: 'nothing' }, level: undefined, hidden: new Set() };

suite('colours of terminals', () => {
  for (const [text, plain] of [
    ['plain', 'plain'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]8;;https://x.example\u0007link\u001b]8;;\u0007', 'link'],
    ['\u001b[2K\u001b[1Gprogress', 'progress'],
    [' 10%\r 20%\r100%', '100%'],
    ['ends with a return\r', 'ends with a return'],
    ['tab\tstays, bell\u0007 goes', 'tab\tstays, bell goes'],
    ['\u001b[1m\u001b', ''],
    ['日志\u001b[32m完成', '日志完成'],
  ] as const) {
    test(JSON.stringify(text), () => {
      assert.equal(plainText(text), plain);
      assert.equal(
        pieces(text)
          .map((piece) => piece.text)
          .join(''),
        plain,
        'with and without colours it is the same text',
      );
    });
  }

  test('styles', () => {
    assert.deepEqual(pieces('a\u001b[1;31mb\u001b[22mc\u001b[39md'), [
      { text: 'a', style: {} },
      { text: 'b', style: { bold: true, foreground: 1 } },
      { text: 'c', style: { bold: false, dim: false, foreground: 1 } },
      { text: 'd', style: { bold: false, dim: false, foreground: undefined } },
    ]);
    for (const [codes, color] of [
      ['94', 12],
      ['38;5;9', 9],
      ['38;5;196', '#ff0000'],
      ['38;5;244', '#808080'],
      ['38;2;1;2;300', '#0102ff'],
      ['38', undefined],
    ] as const) {
      assert.equal(pieces(`\u001b[${codes}mx`)[0]?.style.foreground, color, codes);
    }
  });
});

suite('levels', () => {
  for (const [line, level] of [
    ['{"time":"x","level":"error","msg":"no"}', 'error'],
    ['ts=1 level=warn msg="x"', 'warning'],
    ['{"level":30,"msg":"pino"}', 'info'],
    ['2026/11/20 15:14:27 [error] 29#29: *1 connect() failed', 'error'],
    ['2026/11/20 15:14:27 [notice] 1#1: start worker processes', 'info'],
    ['INFO:     Application startup complete.', 'info'],
    ['[NOTICE]   (1) : New worker (8) forked', 'info'],
    ['2026-11-20 15:14:27,123 WARNING root: low', 'warning'],
    ['E1120 15:14:27.123456       1 main.go:3] x', 'error'],
    ['DEBUG x', 'debug'],
    ['panic: runtime error', 'error'],
    ['GET /error HTTP/1.1 200', undefined],
    ['no information about an error here', undefined],
    ['172.20.0.1 - - [20/Nov/2026:15:14:27 +0000] "GET / HTTP/1.1" 200 12', undefined],
  ] as const) {
    test(line, () => assert.equal(levelOf(line), level));
  }
});

suite('links to files', () => {
  for (const [text, found] of [
    ['  File "/app/main.py", line 12, in x', ['/app/main.py 12 1']],
    ['at f (src/app.ts:3:14)', ['src/app.ts 3 14']],
    ['main.go:7: x and ../lib/b.rs:9', ['main.go 7 1', '../lib/b.rs 9 1']],
    ['in /etc/nginx/conf.d/default.conf:3', ['/etc/nginx/conf.d/default.conf 3 1']],
    ['connect to example.com:80 or 10.0.0.1:443', []],
    ['https://example.com/a.js:1', []],
    ['a.py without a line', []],
  ] as const) {
    test(text, () => {
      const links = fileLinks(text);
      const said = links.map(({ path, line, column }) => `${path} ${line} ${column}`);
      assert.deepEqual(said, found);
      for (const { start, end, path } of links) assert.ok(text.slice(start, end).startsWith(path));
    });
  }

  test('take no long time over a long line', () => {
    const started = process.cpuUsage().user;
    fileLinks('a/'.repeat(50_000));
    fileLinks('a.'.repeat(50_000));
    assert.ok(process.cpuUsage().user - started < 2_000_000);
  });
});

suite('what is looked for', () => {
  test('a text means itself, in small and capital letters', () => {
    const query = readQuery('a.b(', false);
    assert.ok(query.kind === 'pattern');
    assert.deepEqual([matches(query, 'x A.B( y'), matches(query, 'aXb(')], [true, false]);
    assert.ok(matches(query, 'far behind a.b('));
    assert.deepEqual(ranges(query, 'a.b( A.B('), [
      [0, 4],
      [5, 9],
    ]);
  });

  test('an expression, one that is none, and one that matches nothing', () => {
    const query = readQuery('5\\d\\d$', true);
    assert.ok(query.kind === 'pattern' && matches(query, 'status 502') && !matches(query, '502 status'));
    assert.match(JSON.stringify(readQuery('(', true)), /"wrong".*\(/);
    const empty = readQuery('x*', true);
    assert.ok(empty.kind === 'pattern');
    assert.deepEqual(ranges(empty, 'axxb'), [[1, 3]]);
    assert.equal(readQuery('', true).kind, 'nothing');
  });
});

function filled(bound: number, ...texts: readonly string[]): LineStore {
  const store = new LineStore();
  store.bound = bound;
  store.join(0, [api, web]);
  add(store, ...texts);
  return store;
}

/** Texts of `web-1` begin with `web`; the others are of `api-1`. */
function add(store: LineStore, ...texts: readonly string[]): ReturnType<LineStore['add']> {
  const sources = texts.map((text) => (text.startsWith('web') ? 2 : 0));
  return store.add({ type: 'lines', sources, times: texts.map(() => 1), texts });
}

function shown({ shown: rows }: LineStore): readonly string[] {
  return rows.map(({ text }) => text);
}

suite('LineStore', () => {
  test('keeps the newest and counts what had to go', () => {
    const store = filled(3, 'a', 'b');
    assert.deepEqual(store.dropped, 0);
    const { gone, came } = add(store, 'c', 'd', 'e');
    assert.deepEqual([gone, came.length, store.dropped, shown(store)], [2, 3, 2, ['c', 'd', 'e']]);
    store.bound = 1;
    assert.deepEqual([store.dropped, shown(store)], [4, ['e']]);
  });

  test('a batch beyond the bound', () => {
    const store = filled(2, 'a', 'b', 'c', 'd', 'e');
    assert.deepEqual([store.dropped, shown(store)], [3, ['d', 'e']]);
  });

  test('long lines count as several, and the last one always stays', () => {
    const store = filled(10, 'a', 'x'.repeat(9000), 'y'.repeat(2000), 'z');
    assert.deepEqual([store.count, store.dropped], [2, 2]);
    add(store, 'x'.repeat(20_000));
    assert.deepEqual([store.count, store.dropped], [1, 4]);
  });

  test('filters by text, level and replica, what is there and what comes', () => {
    const store = filled(100, 'ERROR one', 'INFO two', 'web ERROR three', 'four');
    store.filter = { ...nothing, level: 'warning' };
    assert.deepEqual(shown(store), ['ERROR one', 'web ERROR three']);
    store.filter = { ...nothing, level: 'info', hidden: new Set(['web-1']) };
    assert.deepEqual(shown(store), ['ERROR one', 'INFO two']);
    assert.deepEqual(
      add(store, 'web INFO x', 'FATAL five').came.map(({ text }) => text),
      ['FATAL five'],
    );
    store.filter = { ...nothing, query: readQuery('T', false) };
    assert.deepEqual(shown(store), ['INFO two', 'web ERROR three', 'FATAL five']);
    store.filter = nothing;
    assert.equal(store.shown.length, 6);
  });

  test('a filter sees what is read, not what colours it', () => {
    const store = filled(10, '\u001b[31mER\u001b[1mROR\u001b[0m x');
    store.filter = { ...nothing, query: readQuery('error x', false), level: 'error' };
    assert.equal(store.shown.length, 1);
  });

  test('only shown lines that go move what is shown', () => {
    const store = filled(4, 'a', 'web b', 'c', 'web d');
    store.filter = { ...nothing, hidden: new Set(['web-1']) };
    assert.equal(add(store, 'web e', 'web f').gone, 1);
    assert.deepEqual(shown(store), ['c']);
  });

  test('finds rows by their numbers, and those behind a row that is gone', () => {
    const store = filled(3, 'a', 'b', 'c', 'd');
    assert.deepEqual([store.indexOf(0), store.indexOf(2), store.indexOf(3), store.indexOf(99)], [0, 1, 2, 3]);
  });

  test('cleared, it goes on', () => {
    const store = filled(2, 'a', 'b', 'c');
    store.clear();
    add(store, 'd');
    assert.deepEqual([store.count, store.dropped, shown(store)], [1, 0, ['d']]);
  });
});

suite('format', () => {
  const micros = Date.UTC(2026, 10, 20, 15, 14, 27, 123) * 1000 + 456;
  const row: Row = { number: 0, source: api, time: micros, stderr: false, text: '\u001b[31mx\u001b[0m' };

  test('times', () => {
    assert.equal(formatTime(micros, 'utc'), '2026-11-20 15:14:27.123Z');
    assert.equal(formatTime(micros, 'none'), '');
    assert.equal(formatTime(0, 'utc'), '');
    assert.match(formatTime(micros, 'local'), /^2026-11-2\d \d\d:\d\d:27\.123$/);
  });

  test('a row', () => {
    assert.equal(formatRow(row, 'utc'), '2026-11-20 15:14:27.123Z api-1 | x');
    assert.equal(formatRow(row, 'none'), 'api-1 | x');
  });
});

suite('Announcer', () => {
  function announcer(): { readonly one: Announcer; readonly said: string[]; pause(): void } {
    const said: string[] = [];
    const waiting: (() => void)[] = [];
    const one = new Announcer(
      (text) => said.push(text),
      (_, done) => waiting.push(done),
    );
    return { one, said, pause: () => waiting.splice(0).forEach((done) => done()) };
  }
  const row = (text: string): Row => ({ number: 0, source: api, time: 1, stderr: false, text });

  test('reads single lines and counts floods', () => {
    const { one, said, pause } = announcer();
    one.add([row('a'), row('b')]);
    one.add([]);
    pause();
    one.add(Array.from({ length: 500 }, () => row('x')));
    one.add([row('y')]);
    pause();
    assert.deepEqual(said, ['api-1: a\napi-1: b', '501 new lines.']);
  });
});
