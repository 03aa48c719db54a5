import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRestart } from '../../../../server/src/compose/model/restart.js';

import type { Target } from '../../../../server/src/compose/target.js';

function read(text: string, target: Target): string {
  const { value, problem } = parseRestart(text, target);
  return problem ? `! ${text.slice(problem.start, problem.end)}` : `${value.name} ${value.maxRetries ?? ''}`.trim();
}

const cases: readonly (readonly [text: string, compose: string, stack: string])[] = [
  ['no', 'no', 'no'],
  ['', 'no', 'no'],
  ['always', 'always', 'always'],
  ['unless-stopped', 'unless-stopped', 'unless-stopped'],
  ['on-failure', 'on-failure', 'on-failure'],
  ['on-failure:3', 'on-failure 3', 'on-failure 3'],
  ['none', 'no', '! none'],
  ['any', 'always', '! any'],
  ['never', '! never', '! never'],
  ['Always', '! Always', '! Always'],
  ['always:3', '! 3', 'always 3'],
  ['unless-stopped:', '! ', 'unless-stopped'],
  [':3', '! 3', '! :3'],
  ['on-failure:x', '! x', '! x'],
  ['on-failure:-1', '! -1', 'on-failure'],
];

for (const [text, compose, stack] of cases) {
  void test(JSON.stringify(text), () => {
    assert.equal(read(text, 'compose'), compose);
    assert.equal(read(text, 'stack'), stack);
  });
}
