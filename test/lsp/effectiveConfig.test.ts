import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { EffectiveConfig } from '../../server/src/protocol.js';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';

const folder = 'file:///work';
const uri = `${folder}/compose.yaml`;
const overUri = `${folder}/compose.override.yaml`;
const files = {
  [uri]:
    'services:\n  web:\n    extends: { file: base.yaml, service: base }\n    image: nginx:${TAG}\n  debug:\n    image: busybox\n    profiles: [debug]\n',
  [overUri]: 'services:\n  web:\n    extends: { file: base.yaml, service: base }\n    init: true\n',
  [`${folder}/base.yaml`]: 'services:\n  base:\n    restart: always\n    imagee: x\n',
  [`${folder}/.env`]: 'TAG=1.30\n',
};

suite('longshore/effectiveConfig', () => {
  test('the merged project, with what is to be known of it', async () => {
    const client = await started();
    assert.equal(
      await ask(client),
      [
        '# What docker compose makes of compose.yaml and compose.override.yaml',
        '# It refuses this as it is: 1 error',
        '# Left out, as no profile of theirs is active: debug',
        'services:',
        '  web:',
        '    restart: always',
        '    imagee: x',
        '    image: nginx:1.30',
        '    init: true',
        '',
      ].join('\n'),
    );
    assert.equal(await answer(client, { uri: `${folder}/other.yaml` }), null);
    await client.stop();
  });

  test('a file alone and the other tool, and no other answer knows of them', async () => {
    const client = await started();
    client.open(`${folder}/base.yaml`, files[`${folder}/base.yaml`] ?? '');
    const before = await client.diagnostics(`${folder}/base.yaml`);
    assert.match(await ask(client, { alone: true }), /compose\.yaml$[^]*image: nginx:1\.30$/m);
    assert.doesNotMatch(await ask(client, { alone: true }), /init: true/);
    // docker stack reads no `.env` and knows no profiles.
    const stack = await ask(client, { target: 'stack' });
    assert.match(stack, /^# What docker stack deploy makes of compose\.yaml and/);
    assert.match(stack, /image: "nginx:"[^]*profiles:/);
    client.change(`${folder}/base.yaml`, { text: `${files[`${folder}/base.yaml`]}# more\n` });
    assert.deepEqual(await client.diagnostics(`${folder}/base.yaml`), before);
    await client.stop();
  });

  test('a change is told once after each answer, of whatever file it is', async () => {
    const client = await started();
    let told = 0;
    const next = () => client.next('longshore/effectiveConfigChanged').then(() => told++);
    await ask(client);
    const first = next();
    client.open(uri, files[uri] ?? '');
    client.change(uri, { text: (files[uri] ?? '').replace('nginx', 'httpd') });
    await first;
    assert.match(await ask(client), /image: httpd:1\.30/);
    const second = next();
    client.host.set(`${folder}/.env`, 'TAG=2\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: `${folder}/.env`, type: 2 }] });
    await second;
    assert.match(await ask(client), /image: httpd:2/);
    assert.equal(told, 2);
    await client.stop();
  });

  test('what is in the middle of typing is said to be no whole', async () => {
    const client = await started();
    assert.equal((await answer(client))?.whole, true);
    client.open(uri, `${files[uri]}  half: "\n`);
    assert.equal((await answer(client))?.whole, false);
    await client.stop();
  });
});

function started(): Promise<LanguageClient> {
  return startInProcess({ files, folders: [folder] });
}

function answer(client: LanguageClient, more: object = {}): Promise<EffectiveConfig | null> {
  return client.request<EffectiveConfig | null>('longshore/effectiveConfig', { uri, ...more });
}

async function ask(client: LanguageClient, more: object = {}): Promise<string> {
  return (await answer(client, more))?.text ?? '';
}
