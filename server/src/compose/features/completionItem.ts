import type { Span } from '../../text/span.js';
import type { Project } from '../model/project.js';
import type { Source } from '../syntax/source.js';
import { isSurelyText } from '../syntax/yamlScalar.js';
import type { Target } from '../target.js';
import type { Location } from './locate.js';

/** What a completion may look at. */
export interface CompletionWorld {
  readonly source: Source;
  readonly project: Project;
  readonly target: Target;
  /** Stack file format as written. */
  readonly version: string | undefined;
  /** Variables of the project's `.env`, with their values. */
  readonly variables: ReadonlyMap<string, string>;
  /** The folder that relative paths of the file start from, as a URI. */
  readonly folder: string;
  /** References of the images that an Engine has; asked for only where one can stand. */
  images(): readonly string[];
  list(folder: string): readonly { readonly name: string; readonly kind: 'file' | 'folder' }[];
  read(uri: string): string | undefined;
}

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'service' | 'resource' | 'variable' | 'file' | 'folder' | 'anchor' | 'example';
  readonly detail?: string;
  /** Markdown; made when somebody wants to read it. */
  readonly documentation?: string | (() => string);
  /** A snippet: `$0` is the cursor, a plain `$` is escaped. Lines after the first are indented as they have to be. */
  readonly insert: string;
  /** One line of the file that is replaced, with the cursor in it. */
  readonly replace: Span;
  /** What is compared with the replaced text; the label where it is absent. */
  readonly filter?: string;
  readonly deprecated?: boolean;
  readonly preselect?: boolean;
}

/** What a person reads of an item. */
export function documentationOf({
  documentation,
}: {
  readonly documentation?: CompletionItem['documentation'] | undefined;
}): string | undefined {
  return typeof documentation === 'function' ? documentation() : documentation;
}

/** Takes the meaning of `$` and `}` in snippets away. */
export function plain(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A text as it is. */
export function textItem(
  text: string,
  kind: CompletionItem['kind'],
  at: Pick<Location, 'quote' | 'word'>,
  detail: string,
): CompletionItem {
  return { label: text, kind, detail, insert: quoted(text, at.quote, true), replace: at.word };
}

/** The text as it has to be written: in quotes where it would be no string without. */
export function quoted(text: string, quote: string, isText: boolean): string {
  const dangerous = isText && !isSurelyText(text);
  const special = /^[&*!|>%@`{[,#?-](\s|$)|: |:$| #|^[&*!|>%@`{[]/.test(text) || /^\d+:\d/.test(text);
  return quote === '' && (dangerous || special) ? `"${plain(text)}"` : plain(text);
}
