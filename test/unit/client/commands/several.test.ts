// Commands on several things at once: what fails or is cancelled leaves the others alone, and is told.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { composeStop } from '../../../../client/src/commands/composeVerb.js';
import { runCommand } from '../../../../client/src/commands/register.js';
import { CliError } from '../../../../client/src/engine/cli.js';
import { EngineError } from '../../../../client/src/engine/engine.js';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import type { Target } from '../../../../client/src/model/target.js';
import { fakeCli, fakeCtx, fakeProject, fakeService } from '../../../support/fakeCtx.js';
import { fakeEngine, fakeReplica } from '../../../support/fakeEngine.js';

const replicas = ['one-api-1', 'one-api-2', 'two-api-1'].map((name) => fakeReplica(name));
const projects = joinProjects({
  workspace: ['one', 'two'].map((name) => fakeProject(name, [fakeService('api')])),
  snapshot: { ...nothingSeen, replicas: new Map(replicas.map((replica) => [replica.id, replica])) },
  scaled: new Map(),
  hashes: new Map(),
  others: true,
});
const whole = projects.map((project): Target => ({ kind: 'project', project }));
const single = projects.flatMap((project) =>
  project.services.flatMap((service) =>
    service.replicas.map((replica): Target => ({ kind: 'replica', project, service, replica })),
  ),
);

suite('several at once', () => {
  test('a project that fails leaves the others alone', async () => {
    const cli = fakeCli((args) => {
      if (args.includes('--project-name=one')) throw new CliError('failed', 'no space left on device');
      return '';
    });
    const ctx = fakeCtx({ cli });
    await runCommand(ctx, composeStop, whole[0], whole);
    assert.equal(cli.runs.length, 2);
    assert.ok(ctx.ui.said.includes('done: Stopped two.'));
    assert.equal(ctx.ui.said.at(-1), 'fail: 1 of 2 projects failed. one: no space left on device');
  });

  test('whoever cancels a project leaves the next ones', async () => {
    const cli = fakeCli(() => {
      throw new CliError('cancelled', 'Cancelled.');
    });
    const ctx = fakeCtx({ cli });
    await runCommand(ctx, composeStop, whole[0], whole);
    assert.equal(cli.runs.length, 1);
    assert.ok(!ctx.ui.said.some((line) => /^(?:done|fail)/.test(line)), ctx.ui.said.join('\n'));
  });

  test('of replicas it says how many were done before it was cancelled', async () => {
    const engine = fakeEngine(replicas);
    const cancel = new AbortController();
    engine.act = async (id, _action, signal) => {
      if (id !== 'id-one-api-1') cancel.abort();
      if (signal?.aborted) throw new EngineError('cancelled', 'Cancelled.');
    };
    const ctx = fakeCtx({ engine, cli: fakeCli(() => '{}') });
    const { progress } = ctx.ui;
    ctx.ui.progress = (title, work) => progress(title, (report) => work(report, cancel.signal));
    await runCommand(ctx, composeStop, single[0], single);
    assert.equal(ctx.ui.said.at(-1), 'done: Cancelled. Stopped 1 of 3.');
  });

  test('an Engine that is not there is said with what to do', async () => {
    const engine = fakeEngine(replicas);
    engine.act = async () => {
      throw new EngineError('unreachable', 'The Docker Engine at fake:// cannot be reached: nobody listens there.');
    };
    const ctx = fakeCtx({ engine });
    const asked: string[] = [];
    ctx.ui.fail = async (message, ...actions) => void asked.push(message, ...actions);
    const stop = { ...composeStop, run: () => engine.act('id', 'stop') };
    await runCommand(ctx, stop, undefined, undefined);
    assert.deepEqual(asked, [
      'The Docker Engine at fake:// cannot be reached: nobody listens there. Start it, or choose another context.',
      'Choose Docker Context',
      'Show Log',
    ]);
  });
});
