import { resolveUri } from '../../text/uri.js';
import { get, str } from '../model/value.js';
import type { Path } from '../schema/attributes.js';
import type { CompletionItem, CompletionWorld } from './completionItem.js';
import type { Location } from './locate.js';

/** The stages of the Dockerfile that `build.target` can name; undefined elsewhere. */
export function completeStages(
  world: CompletionWorld,
  at: Location,
  slot: Path,
): readonly CompletionItem[] | undefined {
  if (slot[2] !== 'build' || slot[3] !== 'target' || slot.length !== 4) return undefined;
  const written = (key: string): string | undefined => at.siblings.find((it) => it.key === key)?.value || undefined;
  const service = world.project.services.get(String(slot[1]))?.value;
  const inline = str(get(service, 'build', 'dockerfile_inline'));
  const uri = dockerfileUri(world.folder, written('context') ?? '.', written('dockerfile'));
  const text = inline ?? (uri === undefined ? undefined : world.read(uri));
  return stagesOf(text ?? '').map(({ name, image }): CompletionItem => ({
    label: name,
    kind: 'value',
    detail: `FROM ${image}`,
    insert: name,
    replace: at.word,
  }));
}

export function dockerfileUri(folder: string, context: string, dockerfile = 'Dockerfile'): string | undefined {
  const base = resolveUri(folder, context);
  return base === undefined ? undefined : resolveUri(base, dockerfile);
}

export interface Stage {
  readonly name: string;
  readonly image: string;
  /** Line of the `FROM`. */
  readonly line: number;
}

/** The named stages of a Dockerfile. */
export function stagesOf(dockerfile: string): readonly Stage[] {
  return dockerfile.split('\n').flatMap((text, line) => {
    const [, image, name] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)\s+AS\s+([\w.-]+)\s*$/i.exec(text) ?? [];
    return name !== undefined && image !== undefined ? [{ name, image, line }] : [];
  });
}
