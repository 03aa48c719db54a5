import type { Location, Range } from 'vscode-languageserver';
import { groupPlaces } from '../proxy/features/locate.js';
import { filesOf, located, locationIn, lookAtProxy, type DocumentPlace } from './proxyLook.js';
import type { Session } from './session.js';

/** An upstream or backend that is named at a place of a proxy's file. */
export function groupAt(
  session: Session,
  place: DocumentPlace,
): { readonly range: Range; readonly name: string } | undefined {
  const look = lookAtProxy(session, place.textDocument.uri);
  const found = look && located(look, place.position);
  const isDefined = look && found?.kind === 'group' && filesOf(look).some(({ config }) => hasGroup(config, found.name));
  return isDefined ? { range: look.document.content.range(found.at), name: found.name } : undefined;
}

/** Every place of its proxy's files with the new name, or why it cannot have that; undefined where no group is named. */
export function renameGroup(
  session: Session,
  place: DocumentPlace,
  name: string,
): readonly Location[] | { readonly refused: string } | undefined {
  const group = groupAt(session, place);
  const look = lookAtProxy(session, place.textDocument.uri);
  if (!group || !look) return undefined;
  const { kind } = look.config;
  const wrong = kind === 'nginx' ? /[\s;{}"'$\\/:]/ : /[^\w.:-]/;
  if (name === '' || wrong.test(name)) {
    return { refused: `\`${name}\` cannot be the name of ${kind === 'nginx' ? 'an upstream' : 'a backend'}.` };
  }
  const files = filesOf(look);
  if (name.toLowerCase() !== group.name.toLowerCase() && files.some(({ config }) => hasGroup(config, name))) {
    return { refused: `There is a \`${name}\` already.` };
  }
  return files.flatMap((file) => groupPlaces(file.config, group.name).map((at) => locationIn(session, file, at)));
}

function hasGroup({ model }: Parameters<typeof groupPlaces>[0], name: string): boolean {
  return model.groups.some((it) => it.name.toLowerCase() === name.toLowerCase());
}
