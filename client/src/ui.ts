/** What commands ask of the editor; a fake of it stands in for a person in tests. */
export interface Ui {
  /** Undefined when dismissed. One item alone is taken without asking unless `always` is said. */
  pick<T>(items: readonly Choice<T>[], options: PickOptions): Promise<T | undefined>;
  pickMany<T>(items: readonly Choice<T>[], options: PickOptions): Promise<readonly T[] | undefined>;
  input(options: InputOptions): Promise<string | undefined>;
  /** Asks before something that cannot be undone. */
  confirm(message: string, detail: string, action: string): Promise<boolean>;
  /** Says in the status bar, for some seconds, what came about, and in the log. */
  done(message: string): void;
  /** Answers with the action chosen. */
  inform(message: string, ...actions: readonly string[]): Promise<string | undefined>;
  warn(message: string, ...actions: readonly string[]): Promise<string | undefined>;
  fail(message: string, ...actions: readonly string[]): Promise<string | undefined>;
  /** Shows progress that can be cancelled while the work runs. */
  progress<T>(title: string, work: (report: (message: string) => void, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Opens a terminal that runs the program. */
  terminal(options: TerminalOptions): void;
  /** Shows a text that belongs to no file. */
  showText(title: string, language: string, text: string): Promise<void>;
  openFile(uri: string, range?: FileRange): Promise<void>;
  openExternal(url: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** Applies edits to a file and leaves it unsaved for a look. */
  edit(uri: string, edits: readonly { readonly range: FileRange; readonly newText: string }[]): Promise<boolean>;
  showLog(): void;
  /** Lets the person decide whether to trust the folder. */
  manageTrust(): void;
  /** The address of the file in the active editor. */
  readonly activeFile: string | undefined;
  /** Whether the folder may be acted in. */
  readonly trusted: boolean;
}

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly picked?: boolean;
  readonly value: T;
}

export interface PickOptions {
  readonly title: string;
  readonly placeholder?: string;
  readonly always?: boolean;
}

export interface InputOptions {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  /** Shown as dots while it is typed. */
  readonly secret?: boolean;
  /** What is wrong with it, as it is typed. */
  check?(value: string): string | undefined;
}

export interface TerminalOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface FileRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
