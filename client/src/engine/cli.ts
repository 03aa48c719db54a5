import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The `docker` program, run with an array of arguments and never through a shell. */
export interface Cli {
  /** Waits for its end. Throws `CliError` where it cannot be started, fails or is cancelled. */
  run(args: readonly string[], options?: CliOptions): Promise<CliResult>;
  /** How a terminal starts it; `env` holds only what differs from this process's own variables. */
  invocation(args: readonly string[]): Promise<Invocation>;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Variables that the environment itself does not have, for example from a `.env` file; never logged. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Lets it end by itself, as Ctrl-C does, and ends it by force 10 seconds later. */
  readonly signal?: AbortSignal;
  /** Each line as it comes: Compose reports its progress on standard error, and a build its steps on standard output. */
  progress?(line: string): void;
}

export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
}

export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly reason: 'missing' | 'failed' | 'cancelled',
    message: string,
    /** Everything it said on standard error. */
    readonly stderr = '',
  ) {
    super(message);
  }
}

export interface CliWorld {
  /** The program and what stands before every command, for example `--context`; asked for each run, since settings change. */
  prepare(): Promise<Invocation>;
  log(line: string): void;
}

export function dockerCli({ prepare, log }: CliWorld): Cli {
  const invocation = async (args: readonly string[]): Promise<Invocation> => {
    const { program, args: first, env } = await prepare();
    return { program, args: [...first, ...args], env };
  };
  return {
    invocation,
    async run(args, options = {}) {
      const { program, args: all, env } = await invocation(args);
      log(`$ ${commandLine([program, ...all])}`);
      const started = Date.now();
      try {
        const result = await runProgram(program, all, env, options, log);
        log(`Done after ${((Date.now() - started) / 1000).toFixed(1)} s.`);
        return result;
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
        throw error;
      }
    },
  };
}

function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { cwd, variables, signal, progress }: CliOptions,
  log: (line: string) => void,
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new CliError('cancelled', 'Cancelled before it began.'));
    const child = spawn(program, args, {
      ...(cwd === undefined ? undefined : { cwd }),
      env: { ...variables, ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stdout: string[] = [];
    const stderr: string[] = [];
    const tell = (line: string): void => {
      log(line);
      if (line.trim()) progress?.(line.trim());
    };
    eachLine(child.stdout, (line) => {
      stdout.push(line);
      // Where nobody waits for progress it is a result, which may hold secrets.
      if (progress) tell(line);
    });
    eachLine(child.stderr, (line) => {
      stderr.push(line);
      tell(line);
    });
    let force: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      child.kill('SIGINT');
      force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const finished = (settle: () => void): void => {
      clearTimeout(force);
      signal?.removeEventListener('abort', cancel);
      settle();
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      const message =
        error.code === 'ENOENT'
          ? `The program "${program}" was not found.`
          : `"${program}" did not start: ${error.message}.`;
      finished(() => reject(new CliError('missing', message)));
    });
    child.on('close', (code) => {
      const said = stderr.join('\n');
      finished(() => {
        if (signal?.aborted) reject(new CliError('cancelled', 'Cancelled.', said));
        else if (code === 0) resolve({ stdout: stdout.join('\n'), stderr: said });
        else reject(new CliError('failed', lastWords(stderr) ?? `"${program}" ended with code ${code}.`, said));
      });
    });
  });
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', take);
}

/** What the tool itself calls the error; before it stand progress and warnings. */
function lastWords(stderr: readonly string[]): string | undefined {
  const lines = stderr.map((line) => line.trim()).filter((line) => line && !/^time="[^"]*" level=/.test(line));
  const last = lines.findLast((line) => /error|invalid|fail|denied|not |no /i.test(line)) ?? lines.at(-1);
  // `gone Error manifest unknown`: only there is it said what could not be pulled.
  const said = lines.filter((line) => line !== last).map((line) => /^(\S+) Error (.+)$/.exec(line));
  const [, name] = said.find((match) => match && last?.endsWith(match[2] ?? '')) ?? [];
  return name === undefined ? last : `${name}: ${last}`;
}

/** For reading and for pasting into a POSIX shell; never run. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
