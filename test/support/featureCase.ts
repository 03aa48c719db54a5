import type { CompletionWorld } from '../../server/src/compose/features/completionItem.js';
import { valuesOf } from '../../server/src/compose/model/envFile.js';
import { rules } from '../../server/src/compose/rules/index.js';
import { projectsIn } from '../../server/src/project/discover.js';
import { Workspace, type Checked } from '../../server/src/project/workspace.js';
import { folder } from './checkRules.js';
import { mainPath, parseFixture, takeCursor } from './fixture.js';
import { memoryHost } from './memoryHost.js';

/** A case with a cursor in one of its files, as a feature sees it. */
export interface FeatureCase {
  readonly checked: Checked;
  readonly world: CompletionWorld;
  /** File with the cursor. */
  readonly uri: string;
  readonly text: string;
  readonly offset: number;
}

/** Reads files in the notation of fixtures, `$0` being the cursor; without one it stands at the start of the main file. */
export function featureCase(written: string): FeatureCase {
  const [fixture] = parseFixture(written);
  if (!fixture) throw new Error('The fixture is empty.');
  const texts = new Map(Array.from(fixture.files, ([path, text]) => [`${folder}${path}`, text]));
  const uri = [...texts].find(([, text]) => text.includes('$0'))?.[0] ?? `${folder}${mainPath(fixture.target)}`;
  const marked = texts.get(uri) ?? '';
  const { text, offset } = marked.includes('$0') ? takeCursor(marked) : { text: marked, offset: 0 };
  texts.set(uri, text);
  const host = memoryHost(Object.fromEntries(texts), fixture.variables);
  const workspace = new Workspace(host, rules, (message) => {
    throw new Error(message);
  });
  const projects = projectsIn(host, workspace, folder, fixture.target);
  const all = projects.map((files) => workspace.check(files, { severity: {} }));
  const checked = all.find(({ project }) => project.files.has(uri));
  const source = checked?.project.files.get(uri)?.source;
  if (!checked || !source) throw new Error(`${uri} is part of no project.`);
  const { project, variables, context } = checked;
  return {
    checked,
    uri,
    text,
    offset,
    world: {
      source,
      project,
      target: context.target,
      version: context.format,
      variables: variables.envFile ? valuesOf(variables.envFile.content) : new Map(),
      folder,
      images: () => ['nginx:1.30', 'registry.example/team/api:2'],
      list: (it) => host.list(it),
      read: (it) => host.readText(it),
    },
  };
}
