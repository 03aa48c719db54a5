import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { LogFrame } from '../../../../client/src/engine/engine.js';
import { LineReader, longestLine } from '../../../../client/src/logs/lineReader.js';

const at = '2026-11-20T15:14:27.123456789Z';
const micros = Date.UTC(2026, 10, 20, 15, 14, 27) * 1000 + 123456.789;

function frame(text: string | Buffer, stream: LogFrame['stream'] = 'stdout', stamp = at): LogFrame {
  return { stream, data: Buffer.concat([Buffer.from(`${stamp} `), Buffer.from(text)]) };
}

function texts(reader: LineReader, ...frames: readonly LogFrame[]): readonly string[] {
  return reader.push(frames).map(({ text }) => text);
}

suite('LineReader', () => {
  test('one frame is one line with its time to the microsecond', () => {
    const [line] = new LineReader({ number: 3 }).push([frame('hello\n', 'stderr')]);
    assert.ok(line);
    assert.deepEqual([line.source, line.stderr, line.text], [3, true, 'hello']);
    assert.ok(Math.abs(line.time - micros) < 0.5, String(line.time));
  });

  test('the next second, and a time without a fraction or with a zone', () => {
    const times = new LineReader({ number: 0 })
      .push([
        frame('a\n', 'stdout', '2026-11-20T15:14:27.000000001Z'),
        frame('b\n', 'stdout', '2026-11-20T15:14:28.5Z'),
        frame('c\n', 'stdout', '2026-11-20T17:14:29+02:00'),
        frame('d\n', 'stdout', 'nonsense'),
      ])
      .map(({ time }) => Math.floor(time));
    const second = Date.UTC(2026, 10, 20, 15, 14, 27) * 1000;
    assert.deepEqual(times, [second, second + 1_500_000, second + 2_000_000, 0]);
  });

  test('a long line comes in parts, those of the other stream in between', () => {
    const reader = new LineReader({ number: 0 });
    assert.deepEqual(texts(reader, frame('begin '), frame('warning\n', 'stderr'), frame('middle ')), ['warning']);
    assert.deepEqual(texts(reader, frame('end\n')), ['begin middle end']);
  });

  test('a character that is cut in two is whole again', () => {
    const bytes = Buffer.from('日志：完成 🚢\n');
    for (let cut = 1; cut < bytes.length; cut++) {
      const reader = new LineReader({ number: 0 });
      const parts = [frame(bytes.subarray(0, cut)), frame(bytes.subarray(cut))];
      assert.deepEqual(texts(reader, ...parts), ['日志：完成 🚢'], `cut at ${cut}`);
    }
  });

  test('a line of 1 MB is whole, a longer one is cut off', () => {
    const part = 'x'.repeat(16_384);
    for (const [count, length] of [
      [64, longestLine],
      [80, longestLine],
    ] as const) {
      const reader = new LineReader({ number: 0 });
      for (let index = 0; index < count; index++) assert.deepEqual(texts(reader, frame(part)), []);
      const [line = ''] = texts(reader, frame('\n'));
      assert.equal(line.length, length);
      assert.deepEqual(texts(reader, frame('next\n')), ['next']);
    }
  });

  test('what ends without a line feed is there at the end', () => {
    const reader = new LineReader({ number: 0 });
    reader.push([frame('no end'), frame('none here', 'stderr')]);
    assert.deepEqual(
      reader.rest().map(({ text, stderr }) => [text, stderr]),
      [
        ['no end', false],
        ['none here', true],
      ],
    );
    assert.deepEqual(reader.rest(), []);
  });

  test('a terminal has no frames and its lines are cut anywhere', () => {
    const whole = Buffer.from(`${at} one\r\n${at} 二\r\n${at} rest`);
    for (let cut = 1; cut < whole.length; cut++) {
      const reader = new LineReader({ number: 0, tty: true });
      const chunks = [whole.subarray(0, cut), whole.subarray(cut)].map((data): LogFrame => ({
        stream: 'stdout',
        data,
      }));
      const lines = [...reader.push(chunks), ...reader.rest()];
      assert.deepEqual(
        lines.map(({ text }) => text),
        ['one', '二', 'rest'],
        `cut at ${cut}`,
      );
      assert.ok(lines.every(({ time }) => Math.abs(time - micros) < 0.5));
    }
  });

  test("Swarm's details are no part of the line", () => {
    const reader = new LineReader({ number: 0, details: true });
    assert.deepEqual(texts(reader, frame('com.docker.swarm.task.id=x,a=b hello you\n')), ['hello you']);
  });

  test('an empty line is a line', () => {
    assert.deepEqual(texts(new LineReader({ number: 0 }), frame('\n'), frame('\r\n')), ['', '']);
  });
});
