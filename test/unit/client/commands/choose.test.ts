import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { composeBuild, composeStop } from '../../../../client/src/commands/composeVerb.js';
import { composeLogs } from '../../../../client/src/commands/composeLogs.js';
import { composeUp } from '../../../../client/src/commands/composeUp.js';
import { reloadProxyCommand } from '../../../../client/src/commands/reloadProxy.js';
import { runCommand } from '../../../../client/src/commands/register.js';
import type { Command } from '../../../../client/src/context.js';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import type { Snapshot } from '../../../../client/src/engine/snapshot.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import { fakeCtx, fakeProject, fakeService } from '../../../support/fakeCtx.js';
import type { FakeCtx } from '../../../support/fakeCtx.js';
import { fakeUi } from '../../../support/fakeUi.js';
import { fakeEngine, fakeInfo, fakeReplica } from '../../../support/fakeEngine.js';

const replicas = [fakeReplica('shop-api-1'), fakeReplica('shop-web-1', { image: 'nginx:stable' })];
const connected: Snapshot = {
  ...nothingSeen,
  state: { kind: 'connected' },
  info: fakeInfo,
  replicas: new Map(replicas.map((replica) => [replica.id, replica])),
};

/** Projects blog, of which nothing is there, and shop, which runs. Nobody chooses what is offered. */
function palette(
  snapshot = connected,
  workspace = [fakeProject('blog', [fakeService('db')]), fakeProject('shop', [fakeService('api'), fakeService('web')])],
): FakeCtx & { readonly offered: string[] } {
  const projects = joinProjects({ workspace, snapshot, scaled: new Map(), hashes: new Map(), others: true });
  const engine = fakeEngine(replicas);
  const ctx = fakeCtx({ engine, snapshot: () => snapshot, projects: () => projects });
  const offered: string[] = [];
  ctx.ui.pick = async (items, { title }) => {
    offered.push(`${title}: ${items.map(({ label, description }) => `${label} (${description})`).join(', ')}`);
    return items.length === 1 ? items[0]?.value : undefined;
  };
  return { ...ctx, offered };
}

const run = (ctx: FakeCtx, command: Command): Promise<void> => runCommand(ctx, command, undefined, undefined);

suite('a command without a target', () => {
  test('offers every project, that of the open file first', async () => {
    const ctx = palette();
    await run(ctx, composeUp);
    ctx.ui.activeFile = 'file:///code/shop/compose.yaml';
    await run(ctx, composeUp);
    assert.deepEqual(ctx.offered, [
      'Compose: Up: blog (0/1 services up), shop (2/2 services up)',
      'Compose: Up: shop (2/2 services up · of the open file), blog (0/1 services up)',
    ]);
  });

  test('tells projects of the same name by their files', async () => {
    const ctx = palette(connected, [
      fakeProject('shop', [fakeService('api')], { files: ['file:///code/shop/a.yaml'] }),
      fakeProject('shop', [fakeService('api')], { files: ['file:///code/shop/b.yaml'] }),
    ]);
    await run(ctx, composeUp);
    assert.match(ctx.offered.join(), /shop \(a\.yaml · .+\), shop \(b\.yaml · .+\)/);
  });

  test('offers the logs of what is there', async () => {
    const ctx = palette();
    await run(ctx, composeLogs);
    assert.deepEqual(ctx.offered, [
      'Show Logs: shop (2/2 services up)',
      'Show Logs: All services (undefined), api (1 running), web (1 running)',
    ]);
  });

  test('offers only what it can act on', async () => {
    const ctx = palette();
    await run(ctx, composeStop);
    assert.equal(ctx.ui.said.at(-1), 'done: Stopped shop.');
    await run(ctx, reloadProxyCommand);
    assert.deepEqual(ctx.offered.slice(-1), ['Reload Proxy: web (1/1 running)']);
  });

  test('says where that is nothing, or where no Engine answers', async () => {
    const ctx = palette();
    await run(ctx, composeBuild);
    assert.equal(ctx.ui.said.at(-1), 'fail: No project has anything that "Compose: Build" could act on.');
    const message = 'The Docker Engine at fake:// cannot be reached.';
    const alone = palette({ ...nothingSeen, state: { kind: 'unreachable', denied: false, message } });
    await run(alone, composeUp);
    assert.deepEqual(alone.offered, ['Compose: Up: blog (), shop ()']);
    await run(alone, composeStop);
    assert.equal(alone.ui.said.at(-1), `fail: ${message} Start it, or choose another context.`);
  });
});

test('a stack is not brought up by Compose, and deploying it is offered', async () => {
  const workspace = [fakeProject('ha', [fakeService('web')], { target: 'stack' })];
  const of = { workspace, snapshot: nothingSeen, scaled: new Map(), hashes: new Map(), others: true };
  const [project] = joinProjects(of);
  assert.ok(project);
  const ctx = fakeCtx({ ui: fakeUi(['Deploy Stack…']) });
  await runCommand(ctx, composeUp, { kind: 'project', project }, undefined);
  assert.deepEqual(ctx.ui.said, [
    'fail: ha is a stack: Compose does not run it, `docker stack deploy` does.',
    'fail: This Engine is in no swarm. Initialize one, or join one.',
  ]);
});
