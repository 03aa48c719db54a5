import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { ChunkReader } from '../../../../client/src/engine/chunks.js';
import { getStream } from '../../../../client/src/engine/rawStream.js';

const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const head = (...lines: readonly string[]): string => `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`;
const chunked = head('Transfer-Encoding: chunked');

suite('chunks', () => {
  const whole = `${chunk('one\n')}${chunk('日志\n')}1a;name=value\r\n${'x'.repeat(26)}\r\n0\r\n\r\n`;
  const data = `one\n日志\n${'x'.repeat(26)}`;

  test('are taken away wherever the stream is cut', () => {
    const bytes = Buffer.from(whole);
    for (let size = 1; size <= bytes.length; size++) {
      const reader = new ChunkReader();
      const parts: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        parts.push(Buffer.from(reader.push(Buffer.from(bytes.subarray(at, at + size)))));
      }
      assert.equal(Buffer.concat(parts).toString(), data, `in pieces of ${size}`);
      assert.ok(reader.ended);
    }
  });
});

suite('one GET', () => {
  /** A server that says this to everybody, and then closes the connection. */
  async function answering(t: TestContext, said: string, more?: (socket: Socket) => void): Promise<Socket> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write(said);
        if (more) more(socket);
        else socket.end();
      });
    });
    t.after(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return connect((server.address() as AddressInfo).port, '127.0.0.1');
  }
  async function read(socket: Socket): Promise<string> {
    const { body } = await getStream(socket, '/', new AbortController().signal);
    let text = '';
    for await (const part of body) text += part.toString();
    return text;
  }

  test('in chunks, of a known length, and up to its end', async (t) => {
    assert.equal(await read(await answering(t, `${chunked}${chunk('a')}${chunk('b')}0\r\n\r\n`)), 'ab');
    assert.equal(await read(await answering(t, `${head('Content-Length: 2')}ab`)), 'ab');
    assert.equal(await read(await answering(t, `${head('Connection: close')}ab`)), 'ab');
    assert.equal(await read(await answering(t, head('Content-Length: 0'))), '');
  });

  test('a connection that breaks before the end of the answer is an error', async (t) => {
    const broke = { code: 'ECONNRESET' };
    await assert.rejects(read(await answering(t, 'HTTP/1.1 200')), broke);
    await assert.rejects(read(await answering(t, `${chunked}${chunk('a')}`)), broke);
    await assert.rejects(read(await answering(t, `${chunked}5\r\nab`)), broke);
    await assert.rejects(read(await answering(t, `${head('Content-Length: 3')}ab`)), broke);
  });

  test('the signal ends it, before and within the answer', async (t) => {
    const control = new AbortController();
    const socket = await answering(t, `${chunked}${chunk('a')}`, () => undefined);
    const { body } = await getStream(socket, '/', control.signal);
    const parts = body[Symbol.asyncIterator]();
    assert.equal(String((await parts.next()).value), 'a');
    const waiting = assert.rejects(parts.next());
    control.abort();
    await waiting;
    assert.ok(socket.destroyed);
    await assert.rejects(getStream(await answering(t, '', () => undefined), '/', control.signal));
  });
});
