import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { Feature } from './feature.js';
import { proxyCodeLenses } from './proxyAnswers.js';

/** Over the upstreams of a proxy's file. */
export const codeLensFeature: Feature = {
  capabilities: { codeLensProvider: {} },
  register({ connection, session, handle }) {
    connection.onCodeLens(
      handle('codeLens', ({ textDocument }: CodeLensParams): CodeLens[] | undefined =>
        proxyCodeLenses(session, textDocument.uri),
      ),
    );
  },
};
