import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Snapshot } from '../../../../client/src/engine/snapshot.js';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import { lensesOf, lensState } from '../../../../client/src/lens/lenses.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import type { Project } from '../../../../client/src/model/projects.js';
import type { WorkspaceProject } from '../../../../server/src/protocol.js';
import { fakeProject, fakeService } from '../../../support/fakeCtx.js';
import { fakeReplica } from '../../../support/fakeEngine.js';
import { fakeSwarmService, fakeSwarmSnapshot, fakeTask } from '../../../support/fakeSwarm.js';

const shop = fakeProject('shop', [
  fakeService('api', { replicas: 3 }),
  fakeService('web'),
  fakeService('debug', { profiles: ['debug'] }),
]);
const stack = fakeProject('web', [fakeService('api'), fakeService('agent', { replicas: undefined })], {
  target: 'stack',
  files: ['file:///code/web-stack.yml'],
});

function join(workspace: WorkspaceProject, snapshot: Partial<Snapshot>): readonly Project[] {
  return joinProjects({
    workspace: [workspace],
    snapshot: { ...nothingSeen, state: { kind: 'connected' }, ...snapshot },
    scaled: new Map(),
    hashes: new Map(),
    others: true,
  });
}

function replicas(...all: readonly ReturnType<typeof fakeReplica>[]): Partial<Snapshot> {
  return { replicas: new Map(all.map((replica) => [replica.id, replica])) };
}

/** The lenses over a service as one reads them. */
function over(name: string, of: WorkspaceProject, projects: readonly Project[], trusted = true): string {
  const start = { line: 0, character: 0 };
  const project = { name: of.name, target: of.target, uri: of.files[0] ?? '' };
  const lenses = lensesOf(projects, { name, range: { start, end: start }, project }, trusted);
  return lenses
    .map(({ title, command }) => `${title.replace('\u00a0', ' ')} → ${command.replace('longshore.', '')}`)
    .join(', ');
}

suite('lenses over services', () => {
  test('what runs, how it is, and what one does about it', () => {
    const projects = join(
      shop,
      replicas(
        fakeReplica('shop-api-1', { health: 'healthy' }),
        fakeReplica('shop-api-2', { health: 'unhealthy' }),
        fakeReplica('shop-api-3', { state: 'exited', exitCode: 1 }),
      ),
    );
    assert.equal(
      over('api', shop, projects),
      '$(error) 2/3 running · unhealthy → revealService, scale → composeScale, logs → composeLogs',
    );
    assert.equal(over('web', shop, projects), '$(circle-outline) 0/1 running → revealService, start → composeUp');
    assert.equal(over('debug', shop, projects), '');
    assert.equal(over('gone', shop, projects), '');
  });

  test('nothing where nothing of the project runs', () => {
    assert.equal(over('api', shop, join(shop, {})), '');
    assert.equal(over('api', shop, join(shop, replicas(fakeReplica('shop-api-1', { state: 'exited' })))), '');
    // Of a project of another file with the same name neither.
    const elsewhere = { ...shop, files: ['file:///elsewhere/compose.yaml'] };
    assert.equal(over('api', elsewhere, join(shop, replicas(fakeReplica('shop-api-1')))), '');
  });

  test('nothing that acts in an untrusted workspace', () => {
    const projects = join(shop, replicas(fakeReplica('shop-api-1')));
    assert.equal(over('api', shop, projects, false), '$(warning) 1/3 running → revealService, logs → composeLogs');
    assert.equal(over('web', shop, projects, false), '$(circle-outline) 0/1 running → revealService');
  });

  test('services of a stack, from the swarm', () => {
    const api = fakeSwarmService('web_api', {
      running: 1,
      desired: 2,
      update: { state: 'rollback_started', message: '' },
    });
    const agent = fakeSwarmService('web_agent', { mode: 'global', running: 3, desired: 3 });
    const tasks = [fakeTask('web_api', { serviceId: api.id }), fakeTask('web_agent', { serviceId: agent.id })];
    const projects = join(stack, fakeSwarmSnapshot({ services: [api, agent], tasks }));
    assert.equal(
      over('api', stack, projects),
      '$(warning) 1/2 running · rollback started → revealService, scale → serviceScale, logs → composeLogs',
    );
    assert.equal(over('agent', stack, projects), '$(play-circle) 3/3 running → revealService, logs → composeLogs');
  });

  test('their state differs when what they say does, and not before', () => {
    const one = replicas(fakeReplica('shop-web-1', { health: 'starting' }));
    const state = (snapshot: Partial<Snapshot>): string => lensState(join(shop, snapshot));
    assert.equal(state(one), state(replicas(fakeReplica('shop-web-1', { health: 'starting', image: 'other' }))));
    assert.notEqual(state(one), state(replicas(fakeReplica('shop-web-1', { health: 'healthy' }))));
    assert.notEqual(state(one), state(replicas(fakeReplica('shop-api-1'), fakeReplica('shop-api-2'))));
  });
});
