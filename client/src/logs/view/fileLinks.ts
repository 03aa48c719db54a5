/** A place in a file that a line of a log names. */
export interface FileLink {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** `app/main.py:12`, `src/app.ts:12:3`, `File "/app/main.py", line 12`. Whether there is such a file is for others to find out. */
export function fileLinks(text: string): readonly FileLink[] {
  return [...text.matchAll(pattern)].map(({ 0: found, 1: path = '', 2: line, 3: column, 4: pythonLine, index }) => ({
    start: index,
    end: index + found.length,
    path,
    line: Number(line ?? pythonLine),
    column: Number(column ?? 1),
  }));
}

/** Names of hosts look the same but for the ending: `example.com:80`. */
const endings =
  'py|m?[jt]sx?|cjs|go|rs|java|kt|scala|rb|php|cs|fs|c|cc|cpp|h|hpp|swift|lua|pl|exs?|erl|sh|sql|vue|svelte|html|css|conf|cfg|template|ya?ml|json|toml|ini';
const pattern = new RegExp(
  `(?<![\\w./-])(/?(?:[\\w@.+-]+/){0,30}[\\w@+-][\\w@.+-]{0,100}\\.(?:${endings}))(?::(\\d{1,7})(?::(\\d{1,7}))?|", line (\\d{1,7}))(?!\\d)`,
  'g',
);
