import type { CompletionWorld } from '../compose/features/completionItem.js';
import type { Location } from 'vscode-languageserver';
import { valuesOf } from '../compose/model/envFile.js';
import { folderOfPaths, type Project } from '../compose/model/project.js';
import type { Place } from '../compose/model/value.js';
import type { Source } from '../compose/syntax/source.js';
import type { Checked } from '../project/workspace.js';
import { canonicalUri } from '../text/uri.js';
import type { OpenDocument, Session } from './session.js';

/** An open Compose or stack file with the project it is answered for: the first of those it is part of. */
export interface Look {
  readonly checked: Checked;
  /** The first file of the project. */
  readonly first: string;
  readonly document: OpenDocument;
  readonly source: Source;
  /** `images` knows those of an Engine. */
  world(images?: () => readonly string[]): CompletionWorld;
}

/** Undefined for what is not open, or is no Compose file and part of no project. */
export function lookAt(session: Session, clientUri: string): Look | undefined {
  const uri = canonicalUri(clientUri);
  const document = session.documents.get(uri);
  const files = document && session.projectsOf(uri)[0];
  if (!files) return undefined;
  const checked = session.check(files);
  const source = checked.project.files.get(uri)?.source;
  if (!source) return undefined;
  const { project, variables, context } = checked;
  const first = files.files[0] ?? uri;
  return {
    checked,
    first,
    document,
    source,
    world: (images = () => []) => ({
      source,
      project,
      target: context.target,
      version: context.format,
      variables: new Map(variables.read.flatMap(({ content }) => [...valuesOf(content)])),
      folder: folderOfPaths(project, uri),
      images,
      list: (folder) => session.host.list(folder),
      read: (it) => session.readText(it),
    }),
  };
}

/** The place in the words of LSP; undefined where its text is not part of the project any more. */
export function locationOf(session: Session, project: Project, at: Place): Location | undefined {
  const range = session.writer.range(project, at);
  return range && { uri: session.clientUri(at.block.uri), range };
}
