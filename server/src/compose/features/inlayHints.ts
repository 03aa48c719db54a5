import { isGlobal, replicasOf, writtenReplicas } from '../model/replicas.js';
import type { FileModel, ResolvedBlock } from '../model/file.js';
import { interpolate } from '../model/interpolation.js';
import { parsePort } from '../model/port.js';
import type { Project } from '../model/project.js';
import { get, items, type Member, type Place, type Value } from '../model/value.js';
import { parseTemplate, variablesOf } from '../model/template.js';
import type { Node, ScalarNode } from '../syntax/tree.js';
import type { Target } from '../target.js';
import { shownScalar } from './secrets.js';

export interface InlayHint {
  /** Stands behind this place. */
  readonly at: Place;
  readonly label: string;
  /** What it says, in a sentence. */
  readonly tooltip: string;
}

/** Which hints a person wants. */
export interface InlayHintSettings {
  /** What a value becomes where a variable in it is set. */
  readonly variables: boolean;
  /** How many replicas a service has in effect, where its own text does not say so. */
  readonly replicas: boolean;
  /** Where a short port is published, where it is not written out. */
  readonly ports: boolean;
}

/** Hints for some lines of a file, as far as they say what does not stand there. */
export function inlayHints(
  project: Project,
  uri: string,
  lines: { readonly first: number; readonly last: number },
  wanted: InlayHintSettings,
): readonly InlayHint[] {
  const file = project.files.get(uri);
  if (!file) return [];
  const { lines: starts } = file.source;
  return file.blocks.flatMap((resolved, i) => {
    const isThere = (starts[i] ?? 0) <= lines.last && (starts[i + 1] ?? Infinity) > lines.first;
    return isThere ? hintsOf(project, file, resolved, wanted) : [];
  });
}

function hintsOf(
  project: Project,
  file: FileModel,
  resolved: ResolvedBlock,
  wanted: InlayHintSettings,
): readonly InlayHint[] {
  const { block } = resolved;
  const found = new Map<number, InlayHint>();
  // One hint for a place, the most telling one.
  const add = (hint: InlayHint | undefined): void => {
    if (hint?.at.block === block && !found.has(hint.at.end)) found.set(hint.at.end, hint);
  };
  for (const service of servicesIn(resolved)) {
    if (wanted.replicas) add(replicasHint(project, service));
    if (wanted.ports) for (const port of items(get(service.value, 'ports'))) add(portHint(port, project.target));
  }
  if (wanted.variables && block.root && block.text.includes('$')) {
    for (const { key, node } of scalarsIn(block.root, '')) {
      const known = variableWords(key, node, file);
      const oneLine = !block.text.slice(node.start, node.end).includes('\n');
      if (known !== undefined && oneLine) {
        const at = { block, start: node.start, end: node.end };
        add({ at, label: `= ${shortened(known)}`, tooltip: 'What the value becomes with the variables that are set.' });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.at.end - b.at.end);
}

function servicesIn({ block, members }: ResolvedBlock): readonly Member[] {
  if (block.path[0] === 'services') return members;
  const section = members.find(({ key }) => key === 'services')?.value;
  return section?.kind === 'map' ? [...section.members.values()] : [];
}

/** At the number where it is written and another one counts, else at the name of a service that gets one from elsewhere. */
function replicasHint(project: Project, { key, keyAt, value }: Member): InlayHint | undefined {
  const effective = project.services.get(key)?.value;
  if (!effective) return undefined;
  const own = writtenReplicas(value);
  const isOwn = own?.at.block === keyAt.block;
  const at = isOwn ? own.at : afterColon(keyAt);
  if (isGlobal(effective)) {
    if (isGlobal(value)) return undefined;
    return { at, label: 'on every node', tooltip: `\`${key}\` has one replica on every node: its mode is global.` };
  }
  const count = replicasOf(effective);
  const source = writtenReplicas(effective);
  if (source?.kind === 'scalar' && source.unset) return undefined;
  const tooltip = `\`${key}\` has ${words(count)} in effect.`;
  if (!isOwn) return count === 1 ? undefined : { at, label: words(count), tooltip };
  const told = own.kind === 'scalar' && !own.interpolated && replicasOf(value) === count;
  return told ? undefined : { at, label: `= ${count}`, tooltip };
}

function words(count: number): string {
  return count === 1 ? '1 replica' : `${count} replicas`;
}

function afterColon({ block, start, end }: Place): Place {
  const colon = block.text.indexOf(':', end);
  return { block, start, end: colon < 0 ? end : colon + 1 };
}

function portHint(port: Value, target: Target): InlayHint | undefined {
  if (port.kind !== 'scalar' || port.unset) return undefined;
  const short = parsePort(String(port.value), target).value;
  if (!short) return undefined;
  const { published, protocol } = short;
  // A swarm publishes on every address, whatever is asked for.
  const ip = target === 'stack' ? undefined : short.ip;
  const suffix = protocol === 'tcp' ? '' : `/${protocol}`;
  const { at } = port;
  if (!published || published.last === 0) {
    const where = ip ?? (target === 'stack' ? 'every node' : '0.0.0.0');
    return { at, label: `→ ${where}, a free port${suffix}`, tooltip: 'Docker chooses the published port.' };
  }
  if (ip !== undefined && !port.interpolated) return undefined;
  const { first, last } = published;
  const where = ip ?? (target === 'stack' ? 'every node' : '0.0.0.0');
  const numbers = first === last ? String(first) : `${first}-${last}`;
  return {
    at,
    label: `→ ${where.includes(':') ? `[${where}]` : where}:${numbers}${suffix}`,
    tooltip:
      ip === undefined
        ? `Published on every address${target === 'stack' ? ' of every node' : ''}.`
        : 'Published there.',
  };
}

/** What a scalar becomes; undefined where no variable in it is set, or one is missing. Masked where it looks secret. */
function variableWords(key: string, { value, text }: ScalarNode, { target, variables }: FileModel): string | undefined {
  if (typeof value !== 'string' || !value.includes('$')) return undefined;
  const result = interpolate(value, target, (name) => variables.lookup(name));
  const isSet = result.used.some((name) => variables.lookup(name) !== undefined);
  if (!result.changed || !isSet || result.unset.length + result.required.length + result.problems.length > 0)
    return undefined;
  const names = Array.from(variablesOf(parseTemplate(value, target).parts), ({ name }) => name);
  return shownScalar([key, ...names], text, result.value);
}

const longest = 40;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** Every scalar value below a node, with the key it is the value of. */
function* scalarsIn(node: Node, key: string): Iterable<{ readonly key: string; readonly node: ScalarNode }> {
  if (node.kind === 'map') for (const entry of node.entries) yield* scalarsIn(entry.value, entry.key.text);
  else if (node.kind === 'seq') for (const item of node.items) yield* scalarsIn(item, key);
  else if (node.kind === 'scalar') yield { key, node };
}
