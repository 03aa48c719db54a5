import { documentServices } from '../compose/features/documentServices.js';
import { projectName } from '../project/projectName.js';
import type { DocumentService, FileParams, Requests } from '../protocol.js';
import type { Feature } from './feature.js';
import { lookAt } from './look.js';
import type { Session } from './session.js';

/** Tells which services stand where, so that a client can say beside them what runs. */
export const servicesFeature: Feature = {
  register({ connection, session, handle }) {
    const request: keyof Requests = 'longshore/services';
    connection.onRequest(
      request,
      handle('services', ({ uri }: FileParams) => services(session, uri)),
    );
  },
};

function services(session: Session, clientUri: string): readonly DocumentService[] | undefined {
  const look = lookAt(session, clientUri);
  if (!look) return undefined;
  const { checked, source, document, first } = look;
  const project = {
    name: projectName(checked.project, first, checked.variables),
    target: checked.project.target,
    uri: session.clientUri(first),
  };
  return documentServices(source).map(({ name, span }) => ({
    name,
    range: document.content.range(span),
    ...(checked.project.services.has(name) ? { project } : {}),
  }));
}
