import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OnceMore } from '../../../../client/src/tree/onceMore.js';

suite('changes of a tree', () => {
  test('are shown at once, and all of them once more when it has been quiet, and never again', ({ mock }) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const shown: unknown[] = [];
    const refresh = new OnceMore<string[]>((ids) => shown.push(ids ?? 'all'));
    refresh.now(['a']);
    mock.timers.tick(900);
    refresh.now(['b']);
    mock.timers.tick(900);
    assert.deepEqual(shown, [['a'], ['b']]);
    mock.timers.tick(100);
    assert.deepEqual(shown, [['a'], ['b'], 'all']);
    mock.timers.tick(60_000);
    assert.equal(shown.length, 3);
  });

  test('are not shown once the tree is gone', ({ mock }) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let shown = 0;
    const refresh = new OnceMore(() => shown++);
    refresh.now(undefined);
    refresh.dispose();
    mock.timers.tick(60_000);
    assert.equal(shown, 1);
  });
});
