import type { Location, TextEdit } from 'vscode-languageserver';
import { placeOf } from '../compose/syntax/source.js';
import { proxyRenameEdits } from '../project/proxy/rename.js';
import type { Checked } from '../project/workspace.js';
import { LineIndex } from '../text/lineIndex.js';
import { locationOf } from './look.js';
import { serviceAtProxy, type DocumentPlace } from './proxyAnswers.js';
import type { Session } from './session.js';

/** A service's name in its Compose file, for one that stands in a proxy's file: what is renamed there is renamed here. */
export function serviceNameFor(
  session: Session,
  place: DocumentPlace,
):
  | { readonly checked: Checked; readonly uri: string; readonly offset: number; readonly range: TextEdit['range'] }
  | undefined {
  const found = serviceAtProxy(session, place);
  const nameAt = found?.checked.project.services.get(found.service)?.nameAt;
  const source = nameAt && found?.checked.project.files.get(nameAt.block.uri)?.source;
  const start = source && placeOf(source, nameAt.block)?.start;
  if (!found || !nameAt || start === undefined) return undefined;
  return {
    checked: found.checked,
    uri: nameAt.block.uri,
    offset: start + nameAt.start,
    range: found.range,
  };
}

/** What changes outside the keys of Compose files with a service's name: proxy files, environment values and files. */
export function renameInProxies(
  session: Session,
  checked: Checked,
  service: string,
  newName: string,
): readonly (Location & { readonly newText: string })[] {
  const { inFiles, inCompose } = proxyRenameEdits(checked, service, newName);
  const outside = Array.from(inFiles).flatMap(([uri, edits]) => {
    const lines = session.documents.get(uri)?.content ?? new LineIndex(session.readText(uri) ?? '');
    return edits.map(({ start, end, text }) => ({
      uri: session.clientUri(uri),
      range: lines.range({ start, end }),
      newText: text,
    }));
  });
  const inside = inCompose.flatMap(({ at, text }) => {
    const location = locationOf(session, checked.project, at);
    return location ? [{ ...location, newText: text }] : [];
  });
  return [...outside, ...inside];
}
