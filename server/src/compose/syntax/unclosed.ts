import type { Node, YamlError } from './tree.js';

/**
 * A quote or bracket that is never closed is found where the text ends, after much that is misread because of it. The finding
 * belongs to the opening, and what follows from it is not worth saying.
 */
export function blameOpening(errors: readonly YamlError[], root: Node | undefined, text: string): readonly YamlError[] {
  for (const [i, error] of errors.entries()) {
    const closing = closingIn(error.message);
    if (closing === undefined) continue;
    const opening = unclosedBefore(root, error.start, closing, text);
    const start = opening?.start ?? error.start;
    const unclosed = neverClosed(text, start);
    const earlier = errors.slice(0, i).filter((it) => it.start < start);
    return [...earlier, opening ? unclosed : { ...unclosed, message: error.message }];
  }
  return errors;
}

/** The error of a quote or bracket that is never closed, from where it stands to the end of its line. */
export function neverClosed(text: string, start: number): YamlError {
  const lineEnd = text.indexOf('\n', start);
  const message = `The \`${text.charAt(start)}\` that opens here is never closed.`;
  return { code: 'UNCLOSED', message, start, end: lineEnd < 0 ? text.length : lineEnd };
}

/** The quote or bracket whose absence a message of the `yaml` package is about. */
export function closingIn(message: string): string | undefined {
  return (/^Missing closing (["'])/.exec(message) ?? /end with a? ?([\]}])$/.exec(message))?.[1];
}

/** The last quoted text or flow collection that begins before an offset and does not end as it must. */
export function unclosedBefore(
  root: Node | undefined,
  offset: number,
  closing: string,
  text: string,
): Node | undefined {
  let found: Node | undefined;
  const visit = (node: Node): void => {
    if (node.start > offset) return;
    const quoted = node.kind === 'scalar' && (node.style === 'single' || node.style === 'double');
    const opens = { '"': '"', "'": "'", '[': ']', '{': '}' }[text.charAt(node.start)] === closing;
    const closed = node.end - node.start > 1 && text.charAt(node.end - 1) === closing && node.end <= offset;
    if ((quoted || (node.kind !== 'scalar' && node.kind !== 'alias' && node.flow)) && opens && !closed) found = node;
    if (node.kind === 'map') for (const { key, value } of node.entries) [key, value].forEach(visit);
    if (node.kind === 'seq') node.items.forEach(visit);
  };
  if (root) visit(root);
  return found;
}
