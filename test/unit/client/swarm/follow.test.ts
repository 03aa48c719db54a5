import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { EngineError } from '../../../../client/src/engine/engine.js';
import { onFreshReading } from '../../../../client/src/engine/dockerodeSwarmControl.js';
import { toProgress } from '../../../../client/src/engine/swarmApi.js';
import type { ServiceProgress } from '../../../../client/src/engine/swarmControl.js';
import { followService, judge } from '../../../../client/src/swarm/follow.js';
import { fakeControl, fakeSpec } from '../../../support/fakeSwarm.js';

const well: ServiceProgress = { name: 'web', desired: 3, fresh: 3, wanted: 3, update: undefined, error: undefined };

suite('an update on its way', () => {
  test('is done when the tasks of the present definition run and no others', () => {
    assert.equal(judge(well), 'done');
    assert.equal(judge({ ...well, fresh: 2 }), 'on its way');
    assert.equal(judge({ ...well, wanted: 4 }), 'on its way');
    assert.equal(judge({ ...well, update: { state: 'updating', message: '' } }), 'on its way');
    assert.equal(judge({ ...well, update: { state: 'completed', message: '' } }), 'done');
  });

  test('that is paused has failed, and says why', () => {
    const paused = { ...well, fresh: 1, update: { state: 'paused', message: 'paused' }, error: 'No such image: web:9' };
    assert.deepEqual(judge(paused), {
      failure: 'The update of web failed and is paused: No such image: web:9.',
    });
  });

  test('that Swarm took back has failed, unless that was asked for', () => {
    const back = { ...well, update: { state: 'rollback_completed', message: 'rollback completed' } };
    assert.match(JSON.stringify(judge(back)), /went back to what ran before/);
    assert.equal(judge(back, true), 'done');
  });

  test('is looked at until it is there, and tells how far it is', async () => {
    const steps = [{ ...well, fresh: 1, wanted: 1 }, { ...well, fresh: 2, error: 'No such image' }, well];
    const control = { ...fakeControl(), progress: async () => steps.shift() ?? well };
    const said: string[] = [];
    const signal = new AbortController().signal;
    assert.equal(await followService(control, 'id', (line) => said.push(line), signal, { every: 0 }), undefined);
    assert.deepEqual(said, ['1/3 running', '2/3 running · No such image', '3/3 running']);
  });

  test('of a global service is not done before its first task is made, and is where none can be', async () => {
    const empty = { ...well, desired: 0, fresh: 0, wanted: 0, counted: true } as const;
    const steps = [empty, empty, { ...empty, desired: 2, wanted: 2 }, { ...empty, desired: 2, wanted: 2, fresh: 2 }];
    const control = { ...fakeControl(), progress: async () => steps.shift() ?? empty };
    const signal = new AbortController().signal;
    const said: string[] = [];
    await followService(control, 'id', (line) => said.push(line), signal, { every: 0, doubt: 60_000 });
    assert.deepEqual(said, ['0/0 running', '0/0 running', '0/2 running', '2/2 running']);
    assert.equal(await followService(control, 'id', () => undefined, signal, { every: 0, doubt: 5 }), undefined);
  });

  test('that stays where it is with an error has failed', async () => {
    const stuck = { ...well, fresh: 1, error: 'no suitable node' };
    const control = { ...fakeControl(), progress: async () => stuck };
    const signal = new AbortController().signal;
    const failure = await followService(control, 'id', () => undefined, signal, { every: 0, patience: 1 });
    assert.equal(failure, 'web stays at 1 of 3: no suitable node.');
  });

  test('ends when cancelled', async () => {
    const cancelled = new AbortController();
    const control = { ...fakeControl(), progress: async () => ({ ...well, fresh: 0 }) };
    const following = followService(control, 'id', () => cancelled.abort(), cancelled.signal, { every: 60_000 });
    await assert.rejects(following, { name: 'EngineError', reason: 'cancelled' });
  });
});

test('tasks count as fresh when they are of the present image and forced update', () => {
  const TaskTemplate = { ContainerSpec: { Image: 'web:2' }, ForceUpdate: 1 };
  const service = {
    ID: 's',
    Version: { Index: 1 },
    Spec: fakeSpec('web', { TaskTemplate, Mode: { Replicated: { Replicas: 2 } } }),
  };
  const task = (id: string, Spec: object, State = 'running', Err = ''): Parameters<typeof toProgress>[1][number] => ({
    ID: id,
    ServiceID: 's',
    DesiredState: 'running',
    Status: { State, Err },
    Spec,
  });
  const progress = toProgress(service, [
    task('a', TaskTemplate),
    task('b', { ...TaskTemplate, ForceUpdate: 0 }),
    task('c', { ContainerSpec: { Image: 'web:1' }, ForceUpdate: 1 }, 'running', 'an old error'),
    task('d', TaskTemplate, 'rejected', 'No such image: web:2'),
  ]);
  assert.deepEqual(progress, {
    name: 'web',
    desired: 2,
    fresh: 1,
    wanted: 4,
    update: undefined,
    error: 'No such image: web:2',
  });
});

test('a task of the present definition is one whatever the service alone says, and wherever it may run', () => {
  const ContainerSpec = { Image: 'web:2' };
  const service = {
    ID: 's',
    Version: { Index: 1 },
    Spec: fakeSpec('web', {
      TaskTemplate: {
        ContainerSpec,
        Placement: { Constraints: ['node.role==worker'] },
        Runtime: 'container',
      } as object,
    }),
  };
  const task = { ID: 't', ServiceID: 's', DesiredState: 'running', Status: { State: 'running' } };
  assert.equal(toProgress(service, [{ ...task, Spec: { ContainerSpec, Placement: {} } }]).fresh, 1);
  const RestartPolicy = { Condition: 'none' };
  assert.equal(toProgress(service, [{ ...task, Spec: { ContainerSpec, RestartPolicy } }]).fresh, 0);
});

test('a job is done when the tasks of its last run are complete', () => {
  const service = {
    ID: 's',
    Version: { Index: 1 },
    JobStatus: { JobIteration: { Index: 7 } },
    Spec: fakeSpec('once', { Mode: { ReplicatedJob: { TotalCompletions: 2 } } }),
  };
  const task = (State: string, Index: number): Parameters<typeof toProgress>[1][number] => ({
    ID: `${State}${Index}`,
    ServiceID: 's',
    DesiredState: 'complete',
    Status: { State },
    JobIteration: { Index },
    Spec: service.Spec.TaskTemplate,
  });
  const first = toProgress(service, [task('complete', 6), task('complete', 7), task('running', 7)]);
  assert.equal(judge(first), 'on its way');
  assert.equal(judge(toProgress(service, [task('complete', 7), task('complete', 7)])), 'done');
});

suite('update out of sequence', () => {
  const stale = new EngineError('refused', 'rpc error: code = Unknown desc = update out of sequence', 500);

  test('is made again on a fresh reading', async () => {
    let readings = 0;
    const answer = await onFreshReading(async () => {
      if (++readings < 3) throw stale;
      return readings;
    });
    assert.equal(answer, 3);
  });

  test('is given up after some attempts; other errors at once', async () => {
    let attempts = 0;
    const fail = (error: Error) => async (): Promise<void> => {
      attempts++;
      throw error;
    };
    await assert.rejects(onFreshReading(fail(stale), 4), stale);
    assert.equal(attempts, 4);
    await assert.rejects(onFreshReading(fail(new EngineError('refused', 'no')), 4));
    assert.equal(attempts, 5);
  });
});
