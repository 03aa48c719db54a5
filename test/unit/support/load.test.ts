import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { startLoad } from '../../support/load.js';
import type { LoadResult } from '../../support/load.js';

const good = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nme\n';

suite('the load client', () => {
  test('sends a request again, on a new connection, where a kept one was closed without a byte', async (t) => {
    const { repeated, failed } = await load(t, (socket, request) => {
      if (request === 1) socket.write(good);
      else socket.destroy();
    });
    assert.ok(repeated > 0);
    assert.deepEqual([...failed], []);
  });

  test('counts an answer that breaks off as a failure', async (t) => {
    const { repeated, failed } = await load(t, (socket, request) => {
      if (request === 1) socket.write(good);
      else socket.end(good.slice(0, 20));
    });
    assert.equal(repeated, 0);
    assert.ok((failed.get('ECONNRESET') ?? 0) > 0);
  });

  test('counts a new connection that is closed without a byte as a failure', async (t) => {
    const { requests, repeated, failed } = await load(t, (socket) => socket.destroy());
    assert.equal(repeated, 0);
    assert.deepEqual([...failed], [['ECONNRESET', requests]]);
  });
});

/** Twenty requests to a server that is told each with its number on its connection. */
async function load(t: TestContext, answer: (socket: Socket, request: number) => void): Promise<LoadResult> {
  const server = createServer((socket) => {
    let requests = 0;
    socket.on('error', () => undefined);
    socket.on('data', () => answer(socket, ++requests));
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const load = startLoad(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    concurrency: 2,
    keepAlive: true,
  });
  await load.atLeast(20);
  return load.stop();
}
