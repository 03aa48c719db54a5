import {
  ErrorCodes,
  type Location,
  ResponseError,
  type Position,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { prepareRename, rename } from '../compose/features/rename.js';
import type { Feature } from './feature.js';
import { locationOf, lookAt } from './look.js';
import { renameInProxies, serviceNameFor, sharersOf, type NamePlace } from './proxyRename.js';
import type { Session } from './session.js';

export const renameFeature: Feature = {
  capabilities: { renameProvider: { prepareProvider: true } },
  register({ connection, session, handle }) {
    connection.onPrepareRename(
      handle(
        'prepareRename',
        ({ textDocument, position }: PrepareRenameParams): { range: Range; placeholder: string } | undefined => {
          const inProxy = serviceNameFor(session, { textDocument, position });
          if (inProxy) {
            const name = prepareRename(inProxy.checked.project, inProxy.uri, inProxy.offset)?.name;
            return name === undefined ? undefined : { range: inProxy.range, placeholder: name };
          }
          const look = lookAt(session, textDocument.uri);
          if (!look) return undefined;
          const { checked, document } = look;
          const found = prepareRename(checked.project, document.uri, document.content.offset(position));
          const range = found && session.writer.range(checked.project, found.at);
          return range && { range, placeholder: found.name };
        },
      ),
    );
    const answer = handle(
      'rename',
      ({ textDocument, position, newName }: RenameParams): WorkspaceEdit | { refused: string } | undefined => {
        const place =
          serviceNameFor(session, { textDocument, position }) ?? placeIn(session, textDocument.uri, position);
        if (!place) return undefined;
        const edits = new Map<string, Location & { readonly newText: string }>();
        const places: NamePlace[] = [place];
        for (const { uri, offset, because } of places) {
          // A file may be part of several projects, as with an override for one machine: none is to be left behind.
          for (const files of session.projectsOf(uri)) {
            const checked = session.check(files);
            const thing = prepareRename(checked.project, uri, offset);
            const result = thing && rename(checked.project, uri, offset, newName);
            if (!result) continue;
            if ('refused' in result) return because ? { refused: `${because}: ${result.refused}` } : result;
            const placed = result.edits.flatMap(({ at, text }) => {
              const location = locationOf(session, checked.project, at);
              return location ? [{ ...location, newText: text }] : [];
            });
            const beyond = thing.kind === 'service' ? renameInProxies(session, checked, thing.name, newName) : [];
            for (const edit of [...placed, ...beyond]) {
              edits.set(`${edit.uri} ${edit.range.start.line}:${edit.range.start.character}`, edit);
            }
            if (thing.kind !== 'service') continue;
            // Who shares a changed file with other projects changes them too, or they would look for the old name's service.
            for (const other of sharersOf(session, checked, thing.name)) {
              if (!places.some((it) => it.uri === other.uri && it.offset === other.offset)) places.push(other);
            }
          }
        }
        if (edits.size === 0) return { refused: 'There is no name here that these files declare.' };
        const changes: Record<string, TextEdit[]> = {};
        for (const { uri: file, range, newText } of edits.values()) (changes[file] ??= []).push({ range, newText });
        return { changes };
      },
    );
    connection.onRenameRequest(async (params, token) => {
      const result = await answer(params, token);
      // People are to read why.
      return result && 'refused' in result ? new ResponseError(ErrorCodes.InvalidRequest, result.refused) : result;
    });
  },
};

function placeIn(session: Session, clientUri: string, position: Position): NamePlace | undefined {
  const look = lookAt(session, clientUri);
  return look && { uri: look.document.uri, offset: look.document.content.offset(position) };
}
