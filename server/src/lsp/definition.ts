import type { DefinitionParams, Location } from 'vscode-languageserver';
import { definition } from '../compose/features/definition.js';
import { fileDefinition } from '../compose/features/fileDefinition.js';
import type { Feature } from './feature.js';
import { locationOf, lookAt } from './look.js';
import { canonicalUri } from '../text/uri.js';
import { proxyDefinition } from './proxyAnswers.js';
import { variableDefinitions, variableIn } from './variables.js';

export const definitionFeature: Feature = {
  capabilities: { definitionProvider: true },
  register({ connection, session, handle }) {
    connection.onDefinition(
      handle('definition', ({ textDocument, position }: DefinitionParams): Location[] | undefined => {
        if (session.proxyLanguage(canonicalUri(textDocument.uri))) {
          return proxyDefinition(session, { textDocument, position });
        }
        const look = lookAt(session, textDocument.uri);
        if (!look) return undefined;
        const { checked, document } = look;
        const offset = document.content.offset(position);
        const variable = variableIn(look, offset);
        if (variable !== undefined) return variableDefinitions(session, checked, variable);
        const places = definition(checked.project, document.uri, offset);
        if (places.length > 0) return places.flatMap((at) => locationOf(session, checked.project, at) ?? []);
        const { folder, read } = look.world();
        const file = fileDefinition(checked.project, document.uri, offset, folder, read);
        if (!file) return [];
        const start = { line: file.line, character: 0 };
        return [{ uri: session.clientUri(canonicalUri(file.uri)), range: { start, end: start } }];
      }),
    );
  },
};
