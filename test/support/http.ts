import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * One GET on a connection of its own, closed after the answer: a proxy that is reloaded ends its idle connections, and a client that
 * keeps them meets that now and then. Rejects with the error of the connection, and after `patience` milliseconds without an answer.
 */
export function get(url: string, patience = 10_000): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false, headers: { connection: 'close' }, timeout: patience }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
      response.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer from ${url} for ${patience} ms`)));
    asked.on('error', reject);
    asked.end();
  });
}
