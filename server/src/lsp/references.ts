import type { Location, ReferenceParams } from 'vscode-languageserver';
import { distinct, namedEverywhere } from './everywhere.js';
import type { Feature } from './feature.js';
import { locationOf, lookAt } from './look.js';
import { canonicalUri } from '../text/uri.js';
import { proxyReferences, serviceInProxies } from './proxyAnswers.js';
import { referencesOfSet, variableIn, variableReferences } from './variables.js';

export const referencesFeature: Feature = {
  capabilities: { referencesProvider: true },
  register({ connection, session, handle }) {
    connection.onReferences(
      handle('references', ({ textDocument, position, context }: ReferenceParams): Location[] | undefined => {
        if (session.proxyLanguage(canonicalUri(textDocument.uri))) {
          return proxyReferences(session, { textDocument, position });
        }
        const look = lookAt(session, textDocument.uri);
        if (!look) return referencesOfSet(session, { textDocument, position, context });
        const { uri, content } = look.document;
        const place = { uri, offset: content.offset(position) };
        const variable = variableIn(look, place.offset);
        if (variable !== undefined)
          return variableReferences(
            session,
            session.projectsOf(uri).map((files) => session.check(files)),
            variable,
            context,
          );
        return distinct(
          namedEverywhere(session, place).flatMap(({ checked, thing, found }) => [
            ...found
              .filter(({ declares }) => context.includeDeclaration || !declares)
              .flatMap(({ at }) => locationOf(session, checked.project, at) ?? []),
            ...(thing.kind === 'service' ? serviceInProxies(session, checked, thing.name) : []),
          ]),
        );
      }),
    );
  },
};
