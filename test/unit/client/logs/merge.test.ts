import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { LogLine } from '../../../../client/src/logs/line.js';
import { Merge } from '../../../../client/src/logs/merge.js';

const everything = { lines: Infinity, characters: Infinity };

function line(source: number, time: number, text = `${source}@${time}`): LogLine {
  return { source, time, stderr: false, text };
}

function merge(more: Partial<ConstructorParameters<typeof Merge>[0]> = {}): Merge {
  return new Merge({ hold: 300, lines: 1000, characters: 1_000_000, ...more });
}

function taken(from: Merge, now: number, limit = everything): readonly string[] {
  return from.take(now, limit).map(({ text }) => text);
}

suite('Merge', () => {
  test('is in the order of times, whatever came first', () => {
    const all = merge();
    all.push(0, [line(0, 10), line(0, 40)], 0);
    all.push(1, [line(1, 20), line(1, 30), line(1, 50)], 1);
    assert.deepEqual(taken(all, 1000), ['0@10', '1@20', '1@30', '0@40', '1@50']);
    assert.equal(all.late, 0);
  });

  test('waits for a source that speaks, and no longer than the hold for one that is silent', () => {
    const all = merge();
    for (const source of [0, 1]) all.open(source, -1000);
    all.push(0, [line(0, 10)], 0);
    all.push(1, [line(1, 5), line(1, 90)], 0);
    assert.deepEqual(taken(all, 100), ['1@5', '0@10']);
    assert.deepEqual(taken(all, 299), []);
    assert.deepEqual(taken(all, 300), ['1@90']);
  });

  test('waits thrice as long for the first line of a source, and not at all for one that has ended', () => {
    const all = merge();
    all.open(0, 0);
    all.open(1, 0);
    all.push(0, [line(0, 10)], 0);
    assert.deepEqual(taken(all, 899), []);
    all.close(1);
    assert.deepEqual(taken(all, 899), ['0@10']);
    all.open(2, 1000);
    all.push(0, [line(0, 20)], 1000);
    assert.deepEqual(taken(all, 1899), []);
    assert.deepEqual(taken(all, 1900), ['0@20']);
  });

  test('lines of one source keep their order even where their times do not', () => {
    const all = merge();
    all.push(0, [line(0, 10), line(0, 8), line(0, 12)], 0);
    all.push(1, [line(1, 9), line(1, 11)], 0);
    const order = taken(all, 1000);
    assert.deepEqual(
      order.filter((text) => text.startsWith('0')),
      ['0@10', '0@8', '0@12'],
    );
    assert.deepEqual(
      order.filter((text) => text.startsWith('1')),
      ['1@9', '1@11'],
    );
  });

  test('a line that comes too late comes at once and is counted', () => {
    const all = merge();
    all.push(0, [line(0, 100)], 0);
    assert.deepEqual(taken(all, 1000), ['0@100']);
    all.push(1, [line(1, 50)], 1000);
    assert.deepEqual(taken(all, 2000), ['1@50']);
    assert.equal(all.late, 1);
  });

  test('gives no more than was asked for', () => {
    const all = merge();
    all.push(0, [line(0, 1), line(0, 2), line(0, 3)], 0);
    assert.deepEqual(taken(all, 1000, { lines: 2, characters: Infinity }), ['0@1', '0@2']);
    assert.deepEqual([all.waiting, taken(all, 1000)], [1, ['0@3']]);
    all.push(0, [line(0, 4, 'long'.repeat(9)), line(0, 5)], 0);
    assert.equal(taken(all, 1000, { lines: 9, characters: 10 }).length, 1, 'a line is never cut');
  });

  test('a source that has used its share up waits for room, and is waited for', async () => {
    const all = merge({ lines: 200 });
    const events: string[] = [];
    const many = Array.from({ length: 100 }, (_, index) => line(0, index));
    all.open(0, 0);
    all.open(1, 0);
    all.push(0, many, 0);
    const room = all.room(0).then(() => events.push('room'));
    await Promise.resolve();
    assert.deepEqual(events, []);
    // The other one is far ahead: but who waits for room has more to say.
    all.push(1, [line(1, 99.5)], 5000);
    assert.equal(taken(all, 9000).length, 100);
    await room;
    assert.deepEqual(taken(all, 9000), ['1@99.5']);
  });

  test('one long line uses a share up', async () => {
    const all = merge({ characters: 1000 });
    all.push(0, [line(0, 1, 'x'.repeat(1000))], 0);
    let roomy = false;
    const room = all.room(0).then(() => (roomy = true));
    await Promise.resolve();
    assert.equal(roomy, false);
    all.take(1000, everything);
    await room;
  });

  test('random sources come out merged, each in its order, whatever the batches', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 50; round++) {
      const all = merge({ lines: 1_000_000 });
      const left = Array.from({ length: 5 }, (_, source) => {
        let time = 0;
        return Array.from({ length: 200 }, (_, index) => line(source, (time += random(20)), `${source}:${index}`));
      });
      const out: LogLine[] = [];
      let now = 0;
      for (let source = 0; source < 5; source++) all.open(source, now);
      while (left.some((lines) => lines.length > 0)) {
        left.forEach((lines, source) => {
          all.push(source, lines.splice(0, 1 + random(30)), now);
          if (lines.length === 0) all.close(source);
        });
        now += random(300);
        out.push(...all.take(now, { lines: 1 + random(400), characters: Infinity }));
      }
      out.push(...all.take(now + 1000, everything));
      assert.equal(out.length, 1000);
      assert.equal(all.late, 0, `round ${round}`);
      assert.ok(out.every(({ time }, index) => index === 0 || (out[index - 1]?.time ?? 0) <= time));
      for (let source = 0; source < 5; source++) {
        const own = out.filter((one) => one.source === source).map(({ text }) => text);
        assert.deepEqual(
          own,
          Array.from({ length: 200 }, (_, index) => `${source}:${index}`),
        );
      }
    }
  });
});
