/** A list and what was made of it, item by item. */
export interface Made<I, O> {
  readonly inputs: readonly I[];
  readonly outputs: readonly O[];
}

/**
 * Makes an output of every input, taking over those of an earlier run for the inputs at both ends of the list that are still the
 * same objects: an edit in the middle costs what it changed.
 */
export function carryOver<I, O>(
  inputs: readonly I[],
  before: Made<I, O> | undefined,
  make: (input: I) => O,
  same: (a: I | undefined, b: I | undefined) => boolean = Object.is,
): Made<I, O> {
  if (!before) return { inputs, outputs: inputs.map(make) };
  const old = before.inputs;
  const most = Math.min(inputs.length, old.length);
  let head = 0;
  while (head < most && same(inputs[head], old[head])) head++;
  let tail = 0;
  while (tail < most - head && same(inputs[inputs.length - 1 - tail], old[old.length - 1 - tail])) tail++;
  if (head === inputs.length && head === old.length) return before;
  const made = inputs.slice(head, inputs.length - tail).map(make);
  return { inputs, outputs: before.outputs.slice(0, head).concat(made, before.outputs.slice(old.length - tail)) };
}
