import {
  ErrorCodes,
  ResponseError,
  type Position,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { prepareRename, rename } from '../compose/features/rename.js';
import { distinct, namedEverywhere, type Named, type NamePlace } from './everywhere.js';
import type { Feature } from './feature.js';
import { locationOf, lookAt } from './look.js';
import { groupAt, renameGroup } from './proxyGroupRename.js';
import { renameInProxies, serviceNameFor, sharersOf, type PlacedText, type RenamedToo } from './proxyRename.js';
import type { Session } from './session.js';

export const renameFeature: Feature = {
  capabilities: { renameProvider: { prepareProvider: true } },
  register({ connection, session, handle }) {
    connection.onPrepareRename(handle('prepareRename', (params: PrepareRenameParams) => prepared(session, params)));
    const answer = handle('rename', (params: RenameParams) => renamed(session, params));
    connection.onRenameRequest(async (params, token) => {
      const result = await answer(params, token);
      // People are to read why.
      return result && 'refused' in result ? new ResponseError(ErrorCodes.InvalidRequest, result.refused) : result;
    });
  },
};

interface Refused {
  readonly refused: string;
}

function prepared(
  session: Session,
  { textDocument, position }: PrepareRenameParams,
): { range: Range; placeholder: string } | undefined {
  const inProxy = serviceNameFor(session, { textDocument, position });
  if (inProxy) {
    const name = prepareRename(inProxy.checked.project, inProxy.uri, inProxy.offset)?.name;
    return name === undefined ? undefined : { range: inProxy.range, placeholder: name };
  }
  const group = groupAt(session, { textDocument, position });
  if (group) return { range: group.range, placeholder: group.name };
  const look = lookAt(session, textDocument.uri);
  if (!look) return undefined;
  const { checked, document } = look;
  const found = prepareRename(checked.project, document.uri, document.content.offset(position));
  const range = found && session.writer.range(checked.project, found.at);
  return range && { range, placeholder: found.name };
}

function renamed(
  session: Session,
  { textDocument, position, newName }: RenameParams,
): WorkspaceEdit | Refused | undefined {
  const place = serviceNameFor(session, { textDocument, position }) ?? placeIn(session, textDocument.uri, position);
  if (!place) {
    const group = renameGroup(session, { textDocument, position }, newName);
    return !group || 'refused' in group ? group : edited(group.map((it) => ({ ...it, newText: newName })));
  }
  const edits: PlacedText[] = [];
  const places: RenamedToo[] = [place];
  // Grows while it is walked: who shares a changed file changes it too, or would look for the old name's service.
  for (const { because, ...asked } of places) {
    for (const named of namedEverywhere(session, asked)) {
      const { checked, thing, uri, offset } = named;
      if (!prepareRename(checked.project, uri, offset)) continue;
      const result = renamedIn(session, named, newName);
      if ('refused' in result) return because ? { refused: `${because}: ${result.refused}` } : result;
      edits.push(...result);
      if (thing.kind !== 'service') continue;
      for (const other of sharersOf(session, checked, thing.name)) {
        if (!places.some((it) => it.uri === other.uri && it.offset === other.offset)) places.push(other);
      }
    }
  }
  if (edits.length === 0) return { refused: 'There is no name here that these files declare.' };
  return edited(edits);
}

/** What changes in one project and its proxies with a name. */
function renamedIn(
  session: Session,
  { checked, thing, uri, offset }: Named,
  newName: string,
): readonly PlacedText[] | Refused {
  const result = rename(checked.project, uri, offset, newName);
  if ('refused' in result) return result;
  const placed = result.edits.flatMap(({ at, text }) => {
    const location = locationOf(session, checked.project, at);
    return location ? [{ ...location, newText: text }] : [];
  });
  return thing.kind === 'service' ? [...placed, ...renameInProxies(session, checked, thing.name, newName)] : placed;
}

function edited(edits: readonly PlacedText[]): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { uri: file, range, newText } of distinct(edits)) (changes[file] ??= []).push({ range, newText });
  return { changes };
}

function placeIn(session: Session, clientUri: string, position: Position): NamePlace | undefined {
  const look = lookAt(session, clientUri);
  return look && { uri: look.document.uri, offset: look.document.content.offset(position) };
}
