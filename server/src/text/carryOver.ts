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
): Made<I, O> {
  const old = before?.inputs ?? [];
  const outputs: O[] = new Array<O>(inputs.length);
  const most = Math.min(inputs.length, old.length);
  let head = 0;
  while (head < most && inputs[head] === old[head]) head++;
  let tail = 0;
  while (tail < most - head && inputs[inputs.length - 1 - tail] === old[old.length - 1 - tail]) tail++;
  const shift = old.length - inputs.length;
  inputs.forEach((input, i) => {
    const from = i < head ? i : i >= inputs.length - tail ? i + shift : -1;
    outputs[i] = from >= 0 && before ? (before.outputs[from] as O) : make(input);
  });
  return { inputs, outputs };
}
