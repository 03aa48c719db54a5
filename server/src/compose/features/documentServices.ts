import type { Span } from '../../text/span.js';
import type { Source } from '../syntax/source.js';
import { entriesOf } from '../syntax/tree.js';

/** A service's key, without quotes, and where it stands. Offsets count from the start of the file. */
export interface ServiceKey {
  readonly name: string;
  readonly span: Span;
}

/** The keys of the services that a file writes, from the top; readable ones in the middle of typing. */
export function documentServices({ blocks, starts }: Source): readonly ServiceKey[] {
  return blocks.flatMap(({ block }, i) => {
    const start = starts[i] ?? 0;
    const inSection = block.path[0] === 'services';
    const entries = entriesOf(block.root);
    const services = inSection
      ? entries
      : entries.filter(({ key }) => key.text === 'services').flatMap(({ value }) => entriesOf(value));
    return services.map(({ key }) => ({ name: key.text, span: { start: start + key.start, end: start + key.end } }));
  });
}
