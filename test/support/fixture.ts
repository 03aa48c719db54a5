import type { Target } from '../../server/src/compose/target.js';

/**
 * A case of a fixture file:
 *
 *     #== [stack] title        starts a case; the target may be left out
 *     #= TAG=1.27              a variable of the environment
 *     services: …              the file `compose.yaml` (`stack.yaml` for a stack)
 *     #  ^^^^ message          what is found under the carets of the line above (`#<^^^` where it begins in the first column)
 *     #~ title                 a fix of it
 *     #+ line                  a line that the fix writes
 *     #- /other.yaml           another file
 *     services: …
 */
export interface FixtureCase {
  readonly title: string;
  readonly target: Target | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** Paths from the root, `/compose.yaml`, in the order of the fixture; texts without the notes. */
  readonly files: ReadonlyMap<string, string>;
  /** The case as it is written, without its title line. */
  readonly written: string;
}

export function parseFixture(text: string): readonly FixtureCase[] {
  return text
    .split(/^(?=#== )/m)
    .filter((it) => it.trim() !== '')
    .map((it) => (it.startsWith('#== ') ? it : `#== \n${it}`))
    .map(parseCase);
}

/** A note under the first line it is about. */
export interface Note {
  readonly path: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** Writes a case anew with other notes; equal to `written` when they are the ones that stand there. */
export function writeCase({ files, variables, target }: FixtureCase, notes: readonly Note[]): string {
  const out = Object.entries(variables).map(([name, value]) => `#= ${name}=${value}`);
  for (const [path, text] of files) {
    if (path !== mainPath(target)) out.push(`#- ${path}`);
    text.split('\n').forEach((content, line) => {
      out.push(content);
      for (const note of notes.filter((it) => it.path === path && it.line === line))
        out.push(...writeNote(note, content));
    });
    // The text ends with a line break; a line of notes below its last line stands in the next one.
    if (out.at(-1) === '') out.pop();
  }
  return `${out.join('\n')}\n`;
}

export function mainPath(target: Target | undefined): string {
  return target === 'stack' ? '/stack.yaml' : '/compose.yaml';
}

/** Takes the cursor mark `$0` out of a text. */
export function takeCursor(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf('$0');
  if (offset < 0) throw new Error('The text has no `$0`.');
  return { text: text.slice(0, offset) + text.slice(offset + 2), offset };
}

function parseCase(text: string): FixtureCase {
  const [heading = '', ...lines] = text.split('\n');
  const [, named, title = ''] = /^#== (?:\[(compose|stack)\] )?(.*)$/.exec(heading) ?? [];
  const target = named === 'stack' || named === 'compose' ? named : undefined;
  const variables: Record<string, string> = {};
  const files = new Map<string, string>();
  let path = mainPath(target);
  for (const line of lines) {
    const [, name, value = ''] = /^#= (\w+)=(.*)$/.exec(line) ?? [];
    const other = /^#- (\/\S+)$/.exec(line)?.[1];
    if (name !== undefined) variables[name] = value;
    else if (other !== undefined) files.set((path = other), '');
    else if (!isNote(line)) files.set(path, `${files.get(path) ?? ''}${line}\n`);
  }
  // The last line break of the case is the end of its last line.
  for (const [it, content] of files) if (it === path) files.set(it, content.slice(0, -1));
  return { title, target, variables, files, written: lines.join('\n') };
}

function isNote(line: string): boolean {
  return /^#(?:<| *)\^+…? /.test(line) || /^#[~+] /.test(line) || line === '#+';
}

function* writeNote({ start, end, message, fixes }: Note, content: string): Iterable<string> {
  const beyond = end > content.length ? '…' : '';
  const carets = '^'.repeat(Math.max(1, Math.min(end, content.length) - start)) + beyond;
  yield start === 0 ? `#<${carets} ${message}` : `#${' '.repeat(start - 1)}${carets} ${message}`;
  for (const fix of fixes) {
    yield `#~ ${fix.title}`;
    for (const line of fix.lines) yield line === '' ? '#+' : `#+ ${line}`;
  }
}
