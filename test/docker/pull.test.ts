// Pull and Build from a registry of our own: how far they are, cancelled, and what they say when they fail.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { composeUp } from '../../client/src/commands/composeUp.js';
import { composeBuild, composePull } from '../../client/src/commands/composeVerb.js';
import { runCommand } from '../../client/src/commands/register.js';
import type { Command } from '../../client/src/context.js';
import { uriOf } from '../../client/src/model/paths.js';
import { startDockerd } from '../setup/dockerd.mjs';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { fakeProject, fakeService } from '../support/fakeCtx.js';
import { openLiveWorld } from '../support/liveWorld.js';
import type { LiveWorld } from '../support/liveWorld.js';
import { startRegistry } from '../support/registry.js';
import type { Registry } from '../support/registry.js';

suite('pull and build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-pull-'));
  let docker: TestEngine;
  let registry: Registry;
  let world: LiveWorld;

  before(async () => {
    // Machines of tests have their addresses there, and this computer is the first of each network.
    docker = await startDockerd({ config: { 'insecure-registries': ['10.213.0.0/16'] } });
    registry = await startRegistry(docker.address.replace(/\.\d+$/, '.1'), 'busybox');
    const image = (tag: string): object => ({ image: `${registry.address}/shop/app:${tag}`, command: ['sleep', '1d'] });
    const services = {
      app: image('1'),
      gone: image('none'),
      built: { build: 'good' },
      broken: { build: 'bad' },
      slow: { build: 'slow' },
    };
    writeFileSync(join(folder, 'compose.yaml'), JSON.stringify({ name: 'shop', services }));
    const dockerfiles = {
      slow: 'RUN echo it begins; sleep 1d',
      good: 'RUN echo built > /made',
      bad: 'RUN echo the cause of it >&2; exit 3',
    };
    for (const [name, step] of Object.entries(dockerfiles)) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'Dockerfile'), `FROM ${registry.address}/shop/base:1\n${step}\n`);
    }
    world = await openLiveWorld(docker, [
      fakeProject(
        'shop',
        Object.keys(services).map((name) => fakeService(name)),
        {
          folder: uriOf(folder),
          files: [uriOf(join(folder, 'compose.yaml'))],
        },
      ),
    ]);
  });
  after(async () => {
    world.stop();
    await registry.stop();
    await docker.stop();
    rmSync(folder, { recursive: true });
  });

  /** Runs a command on a service; answers what was said and reported. `cancel`: at the first report that it fits. */
  async function does(command: Command, service: string, cancel?: RegExp): Promise<readonly string[]> {
    const cancelled = new AbortController();
    const { ui, ...ctx } = world.ctx();
    ui.progress = async (_title, work) =>
      work((text) => {
        (ui.said as string[]).push(`report: ${text}`);
        if (cancel?.test(text)) cancelled.abort();
      }, cancelled.signal);
    await runCommand({ ...ctx, ui }, command, world.service(service), undefined);
    return ui.said;
  }
  const outcomes = (said: readonly string[]): readonly string[] => said.filter((line) => !line.startsWith('report: '));
  const images = async (): Promise<string> =>
    (await docker.docker(['images', '--format', '{{.Repository}}:{{.Tag}}'])).stdout;

  test('Pull is cancelled half-way and leaves nothing, and done when it is asked again', async () => {
    const release = registry.hold();
    const first = await does(composePull, 'app', /Pulling fs layer|Downloading/);
    assert.deepEqual(outcomes(first), [], first.join('\n'));
    assert.doesNotMatch(await images(), /shop\/app/);
    release();
    const said = await does(composePull, 'app');
    assert.equal(said.at(-1), 'done: Pulled app.', said.join('\n'));
    assert.match(await images(), /shop\/app:1/);
  });

  test('Pull of a tag that the registry does not have says so in its own words', async () => {
    const said = await does(composePull, 'gone');
    assert.match(said.at(-1) ?? '', /^fail: gone: .*manifest unknown/, said.join('\n'));
  });

  test('Build takes its base from the registry', async () => {
    const said = await does(composeBuild, 'built');
    assert.equal(said.at(-1), 'done: Built built.', said.join('\n'));
    const made = await docker.docker(['run', '--rm', 'shop-built', 'cat', '/made']);
    assert.equal(made.stdout, 'built\n');
  });

  test('Build says its steps, and when it fails which one did, and why', async () => {
    const said = await does(composeBuild, 'broken');
    assert.match(said.at(-1) ?? '', /^fail: failed to solve: .*did not complete successfully: exit code: 3$/);
    assert.ok(
      said.some((line) => /^report: #\d+ [\d.]+ the cause of it$/.test(line)),
      said.join('\n'),
    );
  });

  test('Build is cancelled in the middle of a step', async () => {
    const said = await does(composeBuild, 'slow', /^#\d+ [\d.]+ it begins$/);
    assert.deepEqual(outcomes(said), [], said.join('\n'));
    assert.doesNotMatch(await images(), /shop-slow/);
  });

  test('Up brings what is not there yet', async () => {
    await docker.docker(['image', 'rm', `${registry.address}/shop/app:1`]);
    const said = await does(composeUp, 'app');
    assert.equal(said.at(-1), 'done: shop is up.', said.join('\n'));
  });
});
