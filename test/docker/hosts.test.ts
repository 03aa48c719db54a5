// The Engines that the other suites stand on: they start, serve, survive a crash and leave nothing behind.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { engineVersions, startDockerd } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { run, until } from '../setup/proc.mjs';
import { get } from '../support/http.js';

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
