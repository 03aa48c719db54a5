import type { Path } from '../schema/attributes.js';
import type { Source } from '../syntax/source.js';
import type { Node } from '../syntax/tree.js';

/**
 * What a path into an `x-` block stands for: where the anchor above it is used for the first time, so that a fragment of services is
 * written as a service is. Any other path, and one that nothing uses, stands for itself.
 */
export function meantPath(source: Source, path: Path): Path {
  let meant = path;
  // A fragment can be part of another one; a chain that comes back to itself ends as well.
  for (let links = 0; links < longestChain && isFragment(meant); links++) {
    const anchored = anchorAbove(source, meant);
    const used = anchored && firstUse(source, anchored.name);
    if (!used) return path;
    meant = [...used, ...anchored.rest];
  }
  return isFragment(meant) ? path : meant;
}

const longestChain = 8;

function isFragment([first]: Path): boolean {
  return typeof first === 'string' && first.startsWith('x-');
}

/** The deepest anchor on a path, and what of the path lies below it. */
function anchorAbove(
  { blocks }: Source,
  [first, ...steps]: Path,
): { readonly name: string; readonly rest: Path } | undefined {
  for (const { block } of blocks) {
    if (block.path.length > 0 || block.root?.kind !== 'map') continue;
    let node: Node | undefined = block.root.entries.find(({ key }) => key.text === first)?.value;
    if (!node) continue;
    let found: { readonly name: string; readonly rest: Path } | undefined;
    for (let taken = 0; node; taken++) {
      if (node.anchor !== undefined) found = { name: node.anchor, rest: steps.slice(taken) };
      node = childAt(node, steps[taken]);
    }
    return found;
  }
  return undefined;
}

function childAt(node: Node, step: string | number | undefined): Node | undefined {
  if (node.kind === 'map') return node.entries.find(({ key }) => key.text === step)?.value;
  return node.kind === 'seq' && typeof step === 'number' ? node.items[step] : undefined;
}

/** The path of what an alias of a name stands for: of the mapping that it is merged into, or its own. */
function firstUse({ blocks }: Source, name: string): Path | undefined {
  for (const { block } of blocks) {
    const found = block.root && block.text.includes(`*${name}`) ? useIn(block.root, name, block.path) : undefined;
    if (found) return found;
  }
  return undefined;
}

function useIn(node: Node, name: string, path: Path): Path | undefined {
  if (node.kind === 'alias') return node.name === name ? path : undefined;
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      const isMerge = key.text === '<<';
      const list = isMerge && value.kind === 'seq' ? value.items : [value];
      for (const one of list) {
        const found = useIn(one, name, isMerge ? path : [...path, key.text]);
        if (found) return found;
      }
    }
  }
  if (node.kind === 'seq') {
    for (const [i, item] of node.items.entries()) {
      const found = useIn(item, name, [...path, i]);
      if (found) return found;
    }
  }
  return undefined;
}
