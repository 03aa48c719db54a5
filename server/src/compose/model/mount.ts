import type { Span } from '../../text/span.js';
import type { Target } from '../target.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** The short form of a volume, `[SOURCE:]TARGET[:OPTIONS]`. Offsets count from the start of the text. */
export interface ShortMount {
  /** `bind` where the source is a path, else `volume`. */
  readonly type: 'bind' | 'volume';
  /** A path or a volume's name; absent for an anonymous volume. */
  readonly source?: string;
  readonly sourceSpan?: Span;
  readonly target: string;
  readonly targetSpan: Span;
  readonly readOnly: boolean;
  readonly options: readonly MountOption[];
}

export interface MountOption extends Span {
  readonly name: string;
  /** `unknown` ones are dropped without a word. */
  readonly kind: 'access' | 'nocopy' | 'propagation' | 'selinux' | 'unknown';
}

/** Reads an item of `volumes`. A single letter before a colon is a Windows drive, so `v:/x` is an anonymous volume at `v:/x`. */
export function parseMount(text: string, target: Target): Parsed<ShortMount> {
  if (text === '') return failure('A volume cannot be empty.', text);
  const sections = text.length <= 2 ? [{ start: 0, end: text.length }] : sectionsOf(text);
  const empty = sections.find(({ start, end }) => start === end);
  if (empty) {
    const span = { start: Math.max(empty.start - 1, 0), end: Math.min(empty.end + 1, text.length) };
    return failure(`\`${text}\` has nothing before or after a colon.`, text, span);
  }
  const [first, second, third, fourth] = sections;
  if (fourth) {
    const message = `\`${text}\` has too many colons: a volume is \`SOURCE:TARGET:OPTIONS\`.`;
    return failure(message, text, { start: fourth.start - 1, end: text.length });
  }
  const targetSpan = second ?? first ?? { start: 0, end: text.length };
  const options = third ? optionsOf(text, third, target) : [];
  const access = options.findLast((option) => option.kind === 'access');
  const common = {
    target: text.slice(targetSpan.start, targetSpan.end),
    targetSpan,
    readOnly: access?.name === 'ro',
    options,
  };
  if (!first || !second) return success({ type: 'volume', ...common });
  const source = text.slice(first.start, first.end);
  return success({ type: isPath(source) ? 'bind' : 'volume', source, sourceSpan: first, ...common });
}

/** Whether a source is a path, and so a bind mount, and not the name of a volume. */
export function isPath(source: string): boolean {
  return /^(?:[./~]|\\\\|\p{L}:)/u.test(source);
}

/** Split at colons, except directly behind a single letter. */
function sectionsOf(text: string): readonly Span[] {
  const sections: Span[] = [];
  let start = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    if (at - start <= 2 && /^\p{L}$/u.test(text.slice(start, at))) continue;
    sections.push({ start, end: at });
    start = at + 1;
  }
  return [...sections, { start, end: text.length }];
}

function optionsOf(text: string, span: Span, target: Target): readonly MountOption[] {
  let start = span.start;
  return text
    .slice(span.start, span.end)
    .split(',')
    .map((name) => {
      const option = { name, kind: kindOf(name, target), start, end: start + name.length };
      start = option.end + 1;
      return option;
    });
}

function kindOf(option: string, target: Target): MountOption['kind'] {
  if (option === 'ro' || option === 'rw') return 'access';
  if (option === 'nocopy') return 'nocopy';
  if (/^r?(?:private|shared|slave)$/.test(option)) return 'propagation';
  return target === 'compose' && /^[zZ]$/.test(option) ? 'selinux' : 'unknown';
}
