import type { Source } from '../compose/syntax/source.js';
import type { Target } from '../compose/target.js';
import type { Span } from '../text/span.js';
import { fileName } from '../text/uri.js';
import { isStackName } from './fileNames.js';

export interface TargetDecision {
  readonly target: Target;
  /** What decided, in the order in which the reasons are asked. */
  readonly by: 'comment' | 'setting' | 'name' | 'content';
}

/**
 * Which tool a file is for. First a comment `# longshore: target=stack` in it, then the setting for its path, then its name
 * (`*stack*`, `*swarm*`), then what only one of the tools understands; `docker compose` where nothing speaks for a stack.
 */
export function decideTarget(source: Source, setting: Target | undefined): TargetDecision {
  const comment = targetComment(source);
  if (comment) return { target: comment.target, by: 'comment' };
  if (setting) return { target: setting, by: 'setting' };
  if (isStackName(fileName(source.uri))) return { target: 'stack', by: 'name' };
  return { target: looksLikeStack(source) ? 'stack' : 'compose', by: 'content' };
}

/** The comment in the head of a file that names its target, and nothing else; the span counts from the file's start. */
export function targetComment(source: Source): ({ readonly target: Target } & Span) | undefined {
  for (const [i, { block }] of source.blocks.entries()) {
    const match = /^[^\S\n]*(#\s*longshore:\s*target\s*=\s*(compose|stack)\b[^\r\n]*)/m.exec(block.text);
    if (match?.[1]) {
      const end = (source.starts[i] ?? 0) + match.index + match[0].length;
      return { target: match[2] === 'stack' ? 'stack' : 'compose', start: end - match[1].length, end };
    }
    if (block.path.length > 0) return undefined;
  }
  return undefined;
}

/** A key that only Swarm obeys, and none that `docker stack deploy` refuses. Asked at every keystroke, so nothing is made. */
function looksLikeStack(source: Source): boolean {
  let swarm = false;
  for (const {
    block: { root, path },
  } of source.blocks) {
    if (root?.kind !== 'map') continue;
    for (const { key, value } of root.entries) {
      if (path.length === 0 && composeOnly.has(key.text)) return false;
      if (path[0] !== 'services' || value.kind !== 'map') continue;
      for (const { key: attribute, value: given } of value.entries) {
        if (composeOnly.has(attribute.text)) return false;
        if (attribute.text !== 'deploy' || given.kind !== 'map') continue;
        swarm ||= given.entries.some((it) => swarmOnly.has(it.key.text));
      }
    }
  }
  return swarm;
}

const swarmOnly: ReadonlySet<string> = new Set([
  'endpoint_mode',
  'mode',
  'placement',
  'rollback_config',
  'update_config',
]);

const composeOnly: ReadonlySet<string> = new Set([
  'build',
  'container_name',
  'develop',
  'extends',
  'gpus',
  'include',
  'mem_limit',
  'models',
  'name',
  'profiles',
  'runtime',
  'scale',
  'volumes_from',
]);
