// The Engines that the other suites stand on: they start, serve, survive a crash and leave nothing behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { engineVersions, startDockerd } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { run, until } from '../setup/proc.mjs';
import { get } from '../support/http.js';

test('what a run started ends with it, even where the run is killed', async (t) => {
  const alive = (pid: number): boolean =>
    existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const group = pathToFileURL(resolve('test/setup/group.mjs')).href;
  const program = 'console.log(process.pid); setInterval(() => {}, 60_000);';
  const starter = `
    import { spawnGroup } from '${group}';
    spawnGroup(process.execPath, ['-e', ${JSON.stringify(program)}], { stdout: 'inherit', stderr: 'inherit' });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', starter], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = Number(said);
  assert.ok(alive(pid));
  child.kill('SIGKILL');
  await until('The program did not end', () => !alive(pid));
});

for (const version of engineVersions) {
  test(`an Engine ${version} of our own serves a published port and leaves nothing behind`, async (t) => {
    const engine = await startDockerd({ version });
    t.after(engine.stop);
    assert.ok(engine.version.startsWith(version), engine.version);

    await ensureImages(engine, ['example/api:1']);
    await engine.docker(['run', '-d', '--name', 'api', '--hostname', 'replica', '-p', '8080:8000', 'example/api:1']);
    const answer = await until('The published port did not answer', () =>
      get(`http://${engine.address}:8080/any/path`).catch(() => undefined),
    );
    assert.equal(answer.body, 'replica\n');

    const pid = engine.pid();
    await engine.kill();
    await assert.rejects(engine.docker(['ps']), /Cannot connect|failed to connect/);
    await engine.start();
    assert.notEqual(engine.pid(), pid);
    assert.match((await engine.docker(['ps', '-a', '--format', '{{.Names}}'])).stdout, /^api$/m);

    await engine.stop();
    const lab = engine.machine.cgroup.slice(1);
    const links = await run('ip', ['-o', 'link']);
    const mounts = await run('mount', []);
    assert.ok(!links.stdout.includes(lab) && !mounts.stdout.includes(lab), 'a link or a mount is left');
    assert.ok(!readdirSync('/run/netns').some((name) => name.startsWith(lab)), 'a network namespace is left');
    assert.ok(!existsSync(engine.machine.folder), 'files are left');
  });
}
