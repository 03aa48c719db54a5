import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { LogFrame } from '../../../../client/src/engine/engine.js';
import { FrameReader } from '../../../../client/src/engine/frames.js';

function frame(stream: 1 | 2, text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

const texts = (frames: readonly LogFrame[]): readonly string[] =>
  frames.map(({ stream, data }) => `${stream} ${data.toString()}`);

suite('frames', () => {
  const bytes = Buffer.concat([frame(1, 'one\n'), frame(2, ''), frame(2, 'zwei ü\n'), frame(1, 'x'.repeat(70_000))]);
  const whole = ['stdout one\n', 'stderr ', 'stderr zwei ü\n', `stdout ${'x'.repeat(70_000)}`];

  test('several in one chunk', () => assert.deepEqual(texts(new FrameReader().push(bytes)), whole));

  test('the same wherever the stream is cut', () => {
    for (const size of [1, 3, 7, 8, 9, 1000, 65_536]) {
      const reader = new FrameReader();
      const found: LogFrame[] = [];
      for (let at = 0; at < bytes.length; at += size) found.push(...reader.push(bytes.subarray(at, at + size)));
      assert.deepEqual(texts(found), whole, `chunks of ${size}`);
    }
  });

  test('nothing before a frame is complete', () => {
    const reader = new FrameReader();
    assert.deepEqual(reader.push(frame(1, 'half').subarray(0, 10)), []);
    assert.deepEqual(texts(reader.push(frame(1, 'half').subarray(10))), ['stdout half']);
  });
});
