import { SymbolKind, type SymbolInformation, type WorkspaceSymbolParams } from 'vscode-languageserver';
import type { Place } from '../compose/model/value.js';
import { fileName, folderOf } from '../text/uri.js';
import type { Feature } from './feature.js';
import { locationOf } from './look.js';
import type { Session } from './session.js';

/** Services, networks, volumes, secrets, configs and models of every project. */
export const workspaceSymbolFeature: Feature = {
  capabilities: { workspaceSymbolProvider: true },
  register({ connection, session, handle }) {
    connection.onWorkspaceSymbol(
      handle('workspaceSymbol', ({ query }: WorkspaceSymbolParams) => workspaceSymbols(session, query.toLowerCase())),
    );
  },
};

/** Clients filter further; nobody reads a longer list. */
const most = 500;

function workspaceSymbols(session: Session, query: string): SymbolInformation[] {
  const found: SymbolInformation[] = [];
  for (const files of session.projects()) {
    const { project } = session.check(files);
    const add = (name: string, kind: SymbolKind, at: Place): void => {
      const location = found.length < most && isLike(name, query) ? locationOf(session, project, at) : undefined;
      const container = fileName(folderOf(files.files[0] ?? ''));
      if (location) found.push({ name, kind, location, containerName: container });
    };
    for (const { name, nameAt } of project.services.values()) add(name, SymbolKind.Class, nameAt);
    for (const resources of project.resources.values()) {
      for (const { name, nameAt } of resources.values()) add(name, SymbolKind.Object, nameAt);
    }
  }
  return found;
}

/** Whether the letters of the query stand in the name in that order. */
function isLike(name: string, query: string): boolean {
  let at = 0;
  for (const letter of name.toLowerCase()) if (letter === query[at]) at++;
  return at === query.length;
}
