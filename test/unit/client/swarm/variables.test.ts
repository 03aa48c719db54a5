import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerCli } from '../../../../client/src/engine/cli.js';

test('variables reach the program below those of the environment, and not the log', async () => {
  const logged: string[] = [];
  const cli = dockerCli({
    prepare: async () => ({ program: process.execPath, args: [], env: { LONGSHORE_B: 'setting' } }),
    log: (line) => logged.push(line),
  });
  const script = 'console.log(process.env.LONGSHORE_A, process.env.LONGSHORE_B, process.env.PATH !== "mine")';
  const variables = { LONGSHORE_A: 'hunter2', LONGSHORE_B: 'file', PATH: 'mine' };
  const { stdout } = await cli.run(['-e', script], { variables });
  assert.equal(stdout, 'hunter2 setting true');
  assert.ok(!logged.join().includes('hunter2'));
});
