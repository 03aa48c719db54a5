import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { inlayHints } from '../compose/features/inlayHints.js';
import type { Feature, FeatureHost } from './feature.js';
import { lookAt } from './look.js';
import type { Session } from './session.js';
import { whenIdle } from './whenIdle.js';

/** What does not stand in the text: values of variables, replicas that other files decide, addresses of ports. */
export const inlayHintFeature: Feature = {
  capabilities: { inlayHintProvider: true },
  register(server) {
    const watched = watchHints(server);
    server.connection.languages.inlayHint.on(
      server.handle('inlayHint', (params: InlayHintParams) => watched.ask(params)) as Parameters<
        typeof server.connection.languages.inlayHint.on
      >[0],
    );
  },
};

/**
 * Has the client ask again where another file or a setting changed what was answered; for changes of a file itself it asks. Nobody
 * looks at the hints of another file while typing in this one.
 */
function watchHints(server: FeatureHost): { ask(params: InlayHintParams): InlayHint[] | undefined } {
  const { connection, session, client } = server;
  const given = new Map<
    string,
    { readonly params: InlayHintParams; readonly version: number; readonly said: string }
  >();
  const isWanted = (): boolean => given.size > 0 && client.refreshesHints;
  whenIdle(server, 'inlayHint/refresh', isWanted, async () => {
    let differs = false;
    for (const [uri, { params, version, said }] of given) {
      const look = lookAt(session, uri);
      if (look?.document.version !== version) given.delete(uri);
      else if (JSON.stringify(hints(session, params)) !== said) differs = true;
    }
    if (!differs) return;
    given.clear();
    await connection.languages.inlayHint.refresh();
  });
  return {
    ask(params) {
      const answer = hints(session, params);
      const look = answer && lookAt(session, params.textDocument.uri);
      if (look) given.set(look.document.uri, { params, version: look.document.version, said: JSON.stringify(answer) });
      return answer;
    },
  };
}

function hints(session: Session, { textDocument, range }: InlayHintParams): InlayHint[] | undefined {
  const look = lookAt(session, textDocument.uri);
  if (!look) return undefined;
  const { project } = look.checked;
  const lines = { first: range.start.line, last: range.end.line };
  const wanted = session.settings(look.document.uri).inlayHints;
  return inlayHints(project, look.document.uri, lines, wanted).flatMap(({ at, label, tooltip }) => {
    const position = session.writer.range(project, at)?.end;
    if (!position || position.line < lines.first || position.line > lines.last) return [];
    return [{ position, label, tooltip, paddingLeft: true }];
  });
}
