import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { contrast, readable, readColor } from '../../../../client/src/logs/view/readable.js';
import type { Rgb } from '../../../../client/src/logs/view/readable.js';

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

suite('colours that can be read', () => {
  test('the ratio is that of WCAG', () => {
    assert.equal(contrast(black, white), 21);
    assert.equal(contrast(white, white), 1);
    assert.equal(contrast([118, 118, 118], white).toFixed(2), '4.54');
  });

  test('a colour stays as it is where it is good, and gets no more of the text than it needs', () => {
    const green: Rgb = [0, 188, 0];
    assert.deepEqual(readable(green, black, white, 4.5), green);
    // The blue of terminals on black, and their bright yellow on white.
    for (const [color, background, text] of [
      [[0, 0, 238], black, white],
      [[181, 186, 0], white, black],
    ] as const) {
      const mixed = readable(color, background, text, 4.5);
      assert.ok(contrast(color, background) < 4.5);
      assert.ok(contrast(mixed, background) >= 4.5 && contrast(mixed, background) < 6, String(mixed));
    }
    assert.deepEqual(readable(black, black, white, 21), white);
  });

  test('as a browser says it', () => {
    assert.deepEqual(readColor('rgb(1, 2, 3)'), [1, 2, 3]);
    assert.deepEqual(readColor('rgba(255, 255, 255, 0.5)', [1, 1, 1]), [128, 128, 128]);
  });
});
