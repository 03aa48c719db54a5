import type { Location, ReferenceParams } from 'vscode-languageserver';
import { references } from '../compose/features/references.js';
import type { Feature } from './feature.js';
import { locationOf, lookAt } from './look.js';
import { canonicalUri } from '../text/uri.js';
import { proxyReferences, serviceInProxies } from './proxyAnswers.js';

export const referencesFeature: Feature = {
  capabilities: { referencesProvider: true },
  register({ connection, session, handle }) {
    connection.onReferences(
      handle('references', ({ textDocument, position, context }: ReferenceParams): Location[] | undefined => {
        if (session.proxyLanguage(canonicalUri(textDocument.uri))) {
          return proxyReferences(session, { textDocument, position });
        }
        const look = lookAt(session, textDocument.uri);
        if (!look) return undefined;
        const { checked, document } = look;
        const found = references(checked.project, document.uri, document.content.offset(position));
        const [thing] = found;
        return [
          ...found
            .filter(({ declares }) => context.includeDeclaration || !declares)
            .flatMap(({ at }) => locationOf(session, checked.project, at) ?? []),
          ...(thing?.kind === 'service' ? serviceInProxies(session, checked, thing.name) : []),
        ];
      }),
    );
  },
};
