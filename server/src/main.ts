import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures, StreamMessageWriter, type Connection } from 'vscode-languageserver/node';
import { jsonOf } from './lsp/json.js';
import { startServer } from './lsp/server.js';
import { nodeHost } from './nodeHost.js';

/** Beside the folder of the bundle, in the repository and in the package alike. */
const page = join(__dirname, '..', 'RULES.md');

startServer(
  process.argv.includes('--stdio') ? stdioConnection() : createConnection(ProposedFeatures.all),
  nodeHost(false),
  existsSync(page) ? pathToFileURL(page).href : undefined,
);

/** As the library makes it of `--stdio`, but for the JSON. Over Node's IPC, with `--node-ipc`, Node makes that. */
function stdioConnection(): Connection {
  const encode = async (message: object): Promise<Uint8Array> => jsonOf(message);
  const contentTypeEncoder = { name: 'application/json', encode };
  const writer: unknown = new StreamMessageWriter(process.stdout, { contentTypeEncoder });
  // The library takes a stream beside a writer, and ends with that stream; its types know two of a kind only.
  return createConnection(ProposedFeatures.all, process.stdin, writer as NodeJS.WritableStream);
}
