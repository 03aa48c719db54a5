import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { sshAgent } from '../../../../client/src/engine/ssh.js';

/** An `ssh` that answers every request. */
const answering = `#!/usr/bin/env node
process.stdin.on('data', () => process.stdout.write('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok'));
process.stdin.on('end', () => process.exit());
`;

test('a connection over ssh is used again, and ends when nobody has used it for a while', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-ssh-'));
  const path = process.env['PATH'] ?? '';
  writeFileSync(join(folder, 'ssh'), answering);
  chmodSync(join(folder, 'ssh'), 0o755);
  process.env['PATH'] = `${folder}${delimiter}${path}`;
  t.after(() => {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true });
  });
  const agent = sshAgent('ssh://nowhere', 1000);
  const ask = async (): Promise<Duplex> => {
    const asked = get({ agent, path: '/' });
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const { socket } = response;
    response.resume();
    await once(response, 'end');
    return socket;
  };
  const first = await ask();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await ask(), first);
  if (!first.destroyed) await once(first, 'close');
  assert.notEqual(await ask(), first);
  agent.destroy();
});
