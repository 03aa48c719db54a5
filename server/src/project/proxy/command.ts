import type { Service } from '../../compose/model/service.js';
import { get, type Place, type ScalarValue, type Value } from '../../compose/model/value.js';

/** What a service runs instead of, or on top of, its image's own program. */
export interface Command {
  /** `entrypoint` and `command` as the shell of the container sees them, their items with a blank between. */
  readonly text: string;
  /** Whether an `entrypoint` or a `command` that does not begin with the program takes the place of the image's own. */
  readonly replaced: boolean;
  readonly scalars: readonly ScalarValue[];
  /** Where a word that begins at an offset of the text stands in the file. */
  place(offset: number, word: string): Place | undefined;
}

export function commandOf(service: Service): Command {
  const entrypoint = scalarsOf(get(service.value, 'entrypoint'));
  const command = scalarsOf(get(service.value, 'command'));
  const scalars = [...entrypoint, ...command];
  const text = scalars.map((scalar) => textOf(scalar)).join(' ');
  const program = command[0] && textOf(command[0]).trim();
  return {
    text,
    replaced: entrypoint.length > 0 || (program !== undefined && !/^(?:-|nginx(?:-debug)?\b|haproxy\b)/.test(program)),
    scalars,
    place(offset, word) {
      let start = 0;
      for (const scalar of scalars) {
        const value = textOf(scalar);
        if (offset < start + value.length)
          return wordIn(scalar, value.slice(0, offset - start).split(word).length - 1, word);
        start += value.length + 1;
      }
      return undefined;
    },
  };
}

/** The place of the occurrence of a word in the text of a scalar as it is written; the whole scalar where it is written in another way. */
export function wordIn({ at }: ScalarValue, occurrence: number, word: string): Place {
  const { block, start, end } = at;
  const written = block.text.slice(start, end);
  let found = written.indexOf(word);
  for (let i = 0; i < occurrence && found >= 0; i++) found = written.indexOf(word, found + 1);
  return found < 0 ? at : { block, start: start + found, end: start + found + word.length };
}

function scalarsOf(value: Value | undefined): readonly ScalarValue[] {
  if (value?.kind === 'scalar') return value.value === null ? [] : [value];
  return value?.kind === 'seq' ? value.items.flatMap(scalarsOf) : [];
}

function textOf({ value }: ScalarValue): string {
  return value === null ? '' : String(value);
}
