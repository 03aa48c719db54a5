import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/server.js';
import { nodeHost } from './nodeHost.js';

// Over stdio with `--stdio`, over Node's IPC with `--node-ipc`: the connection reads its own arguments.
startServer(createConnection(ProposedFeatures.all), nodeHost(false));
