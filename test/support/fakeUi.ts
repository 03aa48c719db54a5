import type { Choice, Ui } from '../../client/src/ui.js';

/** A person who answers from a script, in order; what nobody asked for or expected is an error. */
export interface FakeUi extends Ui {
  /** Everything that was said or asked, as `kind: text`. */
  readonly said: readonly string[];
  trusted: boolean;
  activeFile: string | undefined;
}

/**
 * `answers` are taken in turn: a label for `pick`, labels for `pickMany`, a text for `input`, a button for messages, true for
 * `confirm`; undefined dismisses. Messages without buttons ask for no answer.
 */
export function fakeUi(answers: readonly (string | readonly string[] | boolean | undefined)[] = []): FakeUi {
  const said: string[] = [];
  const left = [...answers];
  const next = <T>(kind: string, text: string): T => {
    said.push(`${kind}: ${text}`);
    if (left.length === 0) throw new Error(`No answer is left for ${kind}: ${text}`);
    return left.shift() as T;
  };
  const byLabel = <T>(items: readonly Choice<T>[], label: string): T => {
    const found = items.find((item) => item.label === label);
    if (!found)
      throw new Error(`No choice is called ${label}; there are ${items.map((item) => item.label).join(', ')}.`);
    return found.value;
  };
  const message =
    (kind: string) =>
    async (text: string, ...actions: readonly string[]): Promise<string | undefined> => {
      if (actions.length > 0 && left.length > 0) return next(kind, text);
      said.push(`${kind}: ${text}`);
      return undefined;
    };
  return {
    said,
    trusted: true,
    activeFile: undefined,
    async pick(items, { title, always }) {
      const [only] = items;
      if (only && items.length === 1 && !always) return only.value;
      const label = next<string | undefined>('pick', title);
      return label === undefined ? undefined : byLabel(items, label);
    },
    async pickMany(items, { title }) {
      return next<readonly string[] | undefined>('pickMany', title)?.map((label) => byLabel(items, label));
    },
    async input({ title, check }) {
      const text = next<string | undefined>('input', title);
      const wrong = text === undefined ? undefined : check?.(text);
      if (wrong !== undefined) throw new Error(`"${text}" is refused: ${wrong}`);
      return text;
    },
    confirm: async (text, detail) =>
      next<boolean | undefined>('confirm', [text, detail].filter(Boolean).join(' ')) === true,
    done: (text) => void said.push(`done: ${text}`),
    inform: message('inform'),
    warn: message('warn'),
    fail: message('fail'),
    progress: async (title, work) => {
      said.push(`progress: ${title}`);
      return work((text) => said.push(`report: ${text}`), new AbortController().signal);
    },
    terminal: ({ program, args }) => void said.push(`terminal: ${[program, ...args].join(' ')}`),
    showText: async (title) => void said.push(`showText: ${title}`),
    openFile: async (uri) => void said.push(`openFile: ${uri}`),
    openExternal: async (url) => void said.push(`openExternal: ${url}`),
    copy: async (text) => void said.push(`copy: ${text}`),
    edit: async (uri, edits) => {
      said.push(`edit: ${uri} ${edits.map(({ newText }) => JSON.stringify(newText)).join(' ')}`);
      return true;
    },
    showLog: () => void said.push('showLog:'),
    manageTrust: () => void said.push('manageTrust:'),
  };
}
