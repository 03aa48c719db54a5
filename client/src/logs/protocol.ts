/** What the extension and its log view say to each other. Both sides may be of another version only after a crash. */
export type ToView =
  /** First, and again when the settings change. */
  | { readonly type: 'start'; readonly lines: number }
  | { readonly type: 'joined'; readonly from: number; readonly sources: readonly ViewSource[] }
  | LinesMessage
  /** What waits until the last lines are taken; `more` where the Engine holds back what there is no room for. */
  | { readonly type: 'waiting'; readonly lines: number; readonly more: boolean }
  /** What to know about the whole; undefined when all is well. */
  | { readonly type: 'state'; readonly message: string | undefined };

export interface ViewSource {
  readonly id: string;
  readonly name: string;
  readonly color: number;
}

/** In columns, since there may be many: the same index is the same line. */
export interface LinesMessage {
  readonly type: 'lines';
  /** The number of the source, twice, and one more for standard error. */
  readonly sources: readonly number[];
  /** Microseconds since 1970. */
  readonly times: readonly number[];
  readonly texts: readonly string[];
}

export type FromView =
  | { readonly type: 'ready' }
  /** The last lines were taken in: more may come. */
  | { readonly type: 'taken' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'save'; readonly text: string }
  /** Show a source in the tree. */
  | { readonly type: 'reveal'; readonly id: string }
  | { readonly type: 'open'; readonly path: string; readonly line: number; readonly column: number };

/** Lines of containers stand in the view, so what comes from there is looked at before it is believed. */
export function isFromView(message: unknown): message is FromView {
  if (typeof message !== 'object' || message === null) return false;
  const { type, ...rest } = message as Readonly<Record<string, unknown>>;
  const isText = (key: string): boolean => typeof rest[key] === 'string';
  switch (type) {
    case 'ready':
    case 'taken':
      return true;
    case 'copy':
    case 'save':
      return isText('text');
    case 'reveal':
      return isText('id');
    case 'open':
      return isText('path') && Number.isSafeInteger(rest['line']) && Number.isSafeInteger(rest['column']);
    default:
      return false;
  }
}
