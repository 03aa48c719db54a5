import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { listContexts, resolveEndpoint } from '../../../../client/src/engine/endpoint.js';
import { sshArguments } from '../../../../client/src/engine/ssh.js';

suite('endpoint', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'longshore-'));
    addContext('far', { Host: 'ssh://me@far.example:2222' }, {});
    addContext('safe', { Host: 'tcp://safe.example:2376' }, { 'ca.pem': 'CA', 'cert.pem': 'CERT', 'key.pem': 'KEY' });
    addContext('lax', { Host: 'tcp://lax.example:2376', SkipTLSVerify: true }, {});
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: 'far' }));
  });
  after(() => rmSync(folder, { recursive: true }));

  function addContext(name: string, docker: object, tls: Readonly<Record<string, string>>): void {
    const digest = createHash('sha256').update(name).digest('hex');
    const meta = join(folder, 'contexts', 'meta', digest);
    mkdirSync(meta, { recursive: true });
    writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } }));
    const files = join(folder, 'contexts', 'tls', digest, 'docker');
    mkdirSync(files, { recursive: true });
    for (const [file, text] of Object.entries(tls)) writeFileSync(join(files, file), text);
  }

  const env = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
    DOCKER_CONFIG: folder,
    ...more,
  });

  test('the setting goes before everything', async () => {
    const found = await resolveEndpoint({
      context: 'lax',
      env: env({ DOCKER_HOST: 'tcp://x', DOCKER_CONTEXT: 'safe' }),
    });
    assert.deepEqual([found.context, found.host, found.chosenBy], ['lax', 'tcp://lax.example:2376', 'setting']);
    assert.equal(found.tls?.verify, false);
  });

  test('then DOCKER_HOST, then DOCKER_CONTEXT, then the context in use', async () => {
    const host = await resolveEndpoint({ context: '', env: env({ DOCKER_HOST: 'tcp://x:1', DOCKER_CONTEXT: 'safe' }) });
    assert.deepEqual(
      [host.context, host.host, host.chosenBy, host.tls],
      [undefined, 'tcp://x:1', 'DOCKER_HOST', undefined],
    );
    const context = await resolveEndpoint({ context: '', env: env({ DOCKER_CONTEXT: 'safe' }) });
    assert.deepEqual(context.tls, { ca: 'CA', cert: 'CERT', key: 'KEY', verify: true });
    const used = await resolveEndpoint({ context: '', env: env() });
    assert.deepEqual(
      [used.context, used.host, used.chosenBy],
      ['far', 'ssh://me@far.example:2222', 'docker context use'],
    );
  });

  test('nothing chosen is the default socket', async () => {
    const found = await resolveEndpoint({ context: '', env: { DOCKER_CONFIG: join(folder, 'nowhere') } });
    assert.deepEqual([found.context, found.chosenBy], ['default', 'default']);
  });

  test('a context that does not exist is named', async () => {
    await assert.rejects(resolveEndpoint({ context: 'gone', env: env() }), /Docker context "gone" does not exist\./);
  });

  test('the list begins with the default', async () => {
    const names = (await listContexts(env())).map(({ name }) => name);
    assert.deepEqual(names, ['default', 'far', 'lax', 'safe']);
  });

  test('ssh gets the host behind --', () => {
    assert.equal(
      sshArguments('ssh://me@far.example:2222').slice(4).join(' '),
      '-T -l me -p 2222 -- far.example docker system dial-stdio',
    );
  });
});
