import type { Location, ReferenceParams } from 'vscode-languageserver';
import { distinct, namedEverywhere, type NamePlace } from './everywhere.js';
import type { Feature } from './feature.js';
import { locationOf, lookAt } from './look.js';
import { canonicalUri } from '../text/uri.js';
import { proxyReferences, serviceInProxies } from './proxyAnswers.js';
import { serviceNameFor } from './proxyRename.js';
import type { Session } from './session.js';
import { referencesOfSet, variableIn, variableReferences } from './variables.js';

export const referencesFeature: Feature = {
  capabilities: { referencesProvider: true },
  register({ connection, session, handle }) {
    connection.onReferences(
      handle('references', ({ textDocument, position, context }: ReferenceParams): Location[] | undefined => {
        const inProxy = serviceNameFor(session, { textDocument, position });
        if (inProxy) return everyPlace(session, inProxy, context);
        if (session.proxyLanguage(canonicalUri(textDocument.uri)))
          return proxyReferences(session, { textDocument, position });
        const look = lookAt(session, textDocument.uri);
        if (!look) return referencesOfSet(session, { textDocument, position, context });
        const { uri, content } = look.document;
        const offset = content.offset(position);
        const variable = variableIn(look, offset);
        if (variable === undefined) return everyPlace(session, { uri, offset }, context);
        const projects = session.projectsOf(uri).map((files) => session.check(files));
        return variableReferences(session, projects, variable, context);
      }),
    );
  },
};

/** Where a name stands in the Compose files of every project, and a service in their proxies' files. */
function everyPlace(session: Session, place: NamePlace, context: ReferenceParams['context']): Location[] {
  return distinct(
    namedEverywhere(session, place).flatMap(({ checked, thing, found }) => [
      ...found
        .filter(({ declares }) => context.includeDeclaration || !declares)
        .flatMap(({ at }) => locationOf(session, checked.project, at) ?? []),
      ...(thing.kind === 'service' ? serviceInProxies(session, checked, thing.name) : []),
    ]),
  );
}
