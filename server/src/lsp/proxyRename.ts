import type { Location, TextEdit } from 'vscode-languageserver';
import { placeOf } from '../compose/syntax/source.js';
import { proxyRenameEdits } from '../project/proxy/rename.js';
import type { Checked } from '../project/workspace.js';
import { LineIndex } from '../text/lineIndex.js';
import { relativePath } from '../text/uri.js';
import type { NamePlace } from './everywhere.js';
import { locationOf } from './look.js';
import { serviceAtProxy } from './proxyAnswers.js';
import type { DocumentPlace } from './proxyLook.js';
import type { Session } from './session.js';

/** A text in the place of another. */
export interface PlacedText extends Location {
  readonly newText: string;
}

/** A name where it is declared, with why it is renamed too where nobody asked for it. */
export interface RenamedToo extends NamePlace {
  readonly because?: string;
}

/** A service's name in its Compose file, for one that stands in a proxy's file: what is renamed there is renamed here. */
export function serviceNameFor(
  session: Session,
  place: DocumentPlace,
): (NamePlace & { readonly checked: Checked; readonly range: TextEdit['range'] }) | undefined {
  const found = serviceAtProxy(session, place);
  const declared = found && declarationOf(found.checked, found.service);
  return declared && { ...declared, checked: found.checked, range: found.range };
}

/**
 * Services of the same name in other projects that use the same proxy or environment files by it: those files can have one name
 * only, so their services are renamed too.
 */
export function sharersOf(session: Session, checked: Checked, service: string): readonly RenamedToo[] {
  const shown = (uri: string): string =>
    relativePath(session.folders.find((it) => uri.startsWith(`${it}/`)) ?? '', uri);
  const ours = proxyRenameEdits(checked, service, service).inFiles;
  if (ours.size === 0) return [];
  return session.projects().flatMap((files) => {
    const other = session.check(files);
    if (other === checked || !other.project.services.has(service)) return [];
    const theirs = proxyRenameEdits(other, service, service).inFiles;
    const shared = Array.from(ours).find(([uri, edits]) =>
      theirs.get(uri)?.some(({ start }) => edits.some((edit) => edit.start === start)),
    )?.[0];
    const declared = shared === undefined ? undefined : declarationOf(other, service);
    if (shared === undefined || !declared) return [];
    return [{ ...declared, because: `\`${shown(declared.uri)}\` shares \`${shown(shared)}\`` }];
  });
}

function declarationOf({ project }: Checked, service: string): NamePlace | undefined {
  const nameAt = project.services.get(service)?.nameAt;
  const source = nameAt && project.files.get(nameAt.block.uri)?.source;
  const start = source && placeOf(source, nameAt.block)?.start;
  return nameAt && start !== undefined ? { uri: nameAt.block.uri, offset: start + nameAt.start } : undefined;
}

/** What changes outside the keys of Compose files with a service's name: proxy files, environment values and files. */
export function renameInProxies(
  session: Session,
  checked: Checked,
  service: string,
  newName: string,
): readonly PlacedText[] {
  const { inFiles, inCompose } = proxyRenameEdits(checked, service, newName);
  const outside = Array.from(inFiles).flatMap(([uri, edits]) => {
    const lines = session.documents.get(uri)?.content ?? new LineIndex(session.readText(uri) ?? '');
    return edits.map(({ start, end, text }) => ({
      uri: session.clientUri(uri),
      range: lines.range({ start, end }),
      newText: text,
    }));
  });
  const inside = [...inCompose].flatMap(({ at, text }) => {
    const location = locationOf(session, checked.project, at);
    return location ? [{ ...location, newText: text }] : [];
  });
  return [...outside, ...inside];
}
