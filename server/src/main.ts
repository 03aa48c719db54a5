import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/server.js';
import { nodeHost } from './nodeHost.js';

/** Beside the folder of the bundle, in the repository and in the package alike. */
const page = join(__dirname, '..', 'RULES.md');

// Over stdio with `--stdio`, over Node's IPC with `--node-ipc`: the connection reads its own arguments.
startServer(
  createConnection(ProposedFeatures.all),
  nodeHost(false),
  existsSync(page) ? pathToFileURL(page).href : undefined,
);
