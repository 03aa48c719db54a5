import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { documentLinks } from '../compose/features/documentLinks.js';
import type { Feature } from './feature.js';
import { lookAt } from './look.js';

export const documentLinkFeature: Feature = {
  capabilities: { documentLinkProvider: {} },
  register({ connection, session, handle }) {
    connection.onDocumentLinks(
      handle('documentLink', ({ textDocument }: DocumentLinkParams): DocumentLink[] | undefined => {
        const look = lookAt(session, textDocument.uri);
        if (!look) return undefined;
        const { project, world } = look.checked;
        const exists = (uri: string): boolean => world.host.stat(uri) === 'file';
        return documentLinks(project, look.document.uri, look.world().folder, exists).flatMap(
          ({ at, url, tooltip }) => {
            const range = session.writer.range(project, at);
            return range ? [{ range, target: url, tooltip }] : [];
          },
        );
      }),
    );
  },
};
