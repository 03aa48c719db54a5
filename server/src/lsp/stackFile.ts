import { parseEnvFile, valuesOf } from '../compose/model/envFile.js';
import type { FileParams, Requests, StackFile } from '../protocol.js';
import { canonicalUri, folderOf } from '../text/uri.js';
import type { Feature } from './feature.js';
import type { Session } from './session.js';

/** What stands between a file and `docker stack deploy`. */
export const stackFileFeature: Feature = {
  register({ connection, session, handle }) {
    const method: keyof Requests = 'longshore/stackFile';
    connection.onRequest(
      method,
      handle('stackFile', (params: FileParams) => stackFile(session, params)),
    );
  },
};

function stackFile(session: Session, params: FileParams): StackFile | undefined {
  const uri = canonicalUri(params.uri);
  const text = session.readText(uri);
  if (text === undefined) return undefined;
  const files = session.projectsOf(uri)[0]?.files ?? [uri];
  const { project, findings } = session.checkApart({ target: 'stack', files });
  const errors = [...session.writer.write(project, findings)].flatMap(([file, diagnostics]) =>
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ range, message }) => ({ uri: session.clientUri(file), range, message })),
  );
  const environment = session.readText(`${folderOf(uri)}/.env`) ?? '';
  const lookup = (name: string): string | undefined => session.host.variable(name);
  return { errors, variables: Object.fromEntries(valuesOf(parseEnvFile(environment, 'dotenv', lookup))) };
}
