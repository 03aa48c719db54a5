import type { Location, ReferenceParams } from 'vscode-languageserver';
import { variableAt, variableUses } from '../compose/features/variables.js';
import type { VariableFile } from '../project/variables.js';
import type { Checked } from '../project/workspace.js';
import { LineIndex } from '../text/lineIndex.js';
import { canonicalUri } from '../text/uri.js';
import { distinct } from './everywhere.js';
import { locationOf, type Look } from './look.js';
import type { Session } from './session.js';

/** The variable that an offset of a Compose or stack file names. */
export function variableIn({ checked, document }: Look, offset: number): string | undefined {
  return variableAt(checked.project, document.uri, offset)?.name;
}

/** The lines of the project's variable files that set a variable; the one that counts comes first. */
export function variableDefinitions(session: Session, { variables }: Checked, name: string): Location[] {
  return variables.read.flatMap((file) => linesThatSet(session, file, name)).reverse();
}

/** Every place of some projects that uses a variable and, if asked for, the lines that set it. */
export function variableReferences(
  session: Session,
  projects: readonly Checked[],
  name: string,
  { includeDeclaration }: ReferenceParams['context'],
): Location[] {
  return distinct(
    projects.flatMap((checked) => [
      ...(includeDeclaration ? variableDefinitions(session, checked, name) : []),
      ...variableUses(checked.project, name).flatMap(({ at }) => locationOf(session, checked.project, at) ?? []),
    ]),
  );
}

/** The same, asked on a line of an open file that the projects take their variables from. */
export function referencesOfSet(session: Session, { textDocument, position, context }: ReferenceParams): Location[] {
  const uri = canonicalUri(textDocument.uri);
  const offset = session.documents.get(uri)?.content.offset(position);
  const projects = offset === undefined ? [] : session.variableProjects(uri);
  const entries = projects[0]?.variables.read.find((file) => file.uri === uri)?.content.entries ?? [];
  const name = entries.find(({ nameSpan }) => nameSpan.start <= (offset ?? -1) && (offset ?? -1) <= nameSpan.end)?.name;
  return name === undefined ? [] : variableReferences(session, projects, name, context);
}

function linesThatSet(session: Session, { uri, text, content }: VariableFile, name: string): Location[] {
  const lines = session.documents.get(uri)?.content ?? new LineIndex(text);
  return content.entries
    .filter((entry) => entry.name === name)
    .map(({ nameSpan }) => ({ uri: session.clientUri(uri), range: lines.range(nameSpan) }));
}
