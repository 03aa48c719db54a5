// A test Engine publishes ports on a machine of its own; a person expects them on localhost.
import { request } from 'node:http';
import { connect, createServer } from 'node:net';

/**
 * Makes the ports that the Engine's containers publish answer on 127.0.0.1 too, as containers come and go.
 * @param {import('./dockerd.mjs').Engine} engine
 * @returns {{ stop: () => void }}
 */
export function forwardPorts(engine) {
  const servers = new Map();
  const refresh = async () => {
    const containers = JSON.parse(await body(get(engine, '/containers/json')));
    const wanted = new Set(
      containers.flatMap(({ Ports }) => Ports.map(({ PublicPort }) => PublicPort)).filter(Boolean),
    );
    for (const port of wanted) if (!servers.has(port)) servers.set(port, forward(port, engine.address));
    for (const [port, server] of servers) {
      if (wanted.has(port)) continue;
      server.close();
      servers.delete(port);
    }
  };
  const filters = encodeURIComponent(JSON.stringify({ type: ['container'], event: ['start', 'die'] }));
  const events = get(engine, `/events?filters=${filters}`);
  const follow = () => void refresh().catch(() => {});
  events.on('response', (answer) => answer.on('data', follow));
  follow();
  return {
    stop: () => {
      events.destroy();
      for (const server of servers.values()) server.close();
    },
  };
}

function get(engine, path) {
  // An Engine that goes away ends the forwarding, not the program.
  return request({ socketPath: engine.socket, path })
    .on('error', () => {})
    .end();
}

function body(asked) {
  return new Promise((resolve, reject) => {
    asked.on('error', reject);
    asked.on('response', (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks).toString()));
    });
  });
}

function forward(port, address) {
  const server = createServer((near) => {
    const far = connect(port, address);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  // A port that something else on this machine has stays with it.
  server.on('error', () => {});
  return server.listen(port, '127.0.0.1');
}
