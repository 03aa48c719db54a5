/** A proxy that runs in a container, as its own processes tell. */
export interface ProxyProgram {
  readonly kind: 'nginx' | 'haproxy';
  readonly master: number;
  /** Also those that only finish what they have. */
  readonly workers: readonly number[];
  /** How the command line of a worker begins, its words with tabs between. */
  readonly worker: string;
  /** The files it was started with; none where it takes its usual ones. */
  readonly files: readonly string[];
  /** Checks the configuration that the master was started with. */
  readonly check: readonly string[];
  /** Prints it, where the program can. */
  readonly print: readonly string[] | undefined;
  /** The signal that makes the master take it without dropping a connection; undefined where it cannot. */
  readonly reload: 'HUP' | 'USR2' | undefined;
}

/**
 * Prints `pid <TAB> parent's pid <TAB> argument <TAB> …` per process, with a space for a line end in an argument, which would look
 * like another process. Needs a shell and `tr`, as any image with a shell has.
 */
export const listProcesses: readonly string[] = [
  'sh',
  '-c',
  `for p in /proc/[0-9]*; do
    parent=0
    while read -r key value; do [ "$key" != PPid: ] || parent=$value; done < "$p/status"
    printf '%s\\t%s\\t' "\${p#/proc/}" "$parent"
    tr '\\0\\n' '\\t ' < "$p/cmdline"
    echo
  done 2>/dev/null`,
];

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly argv: readonly string[];
}

/** Undefined where neither program runs. */
export function findProxy(processes: string): ProxyProgram | undefined {
  const all = readProcesses(processes);
  return findNginx(all) ?? findHaproxy(all);
}

/** What `listProcesses` printed. */
export function readProcesses(processes: string): readonly Process[] {
  return processes.split('\n').map((line) => {
    const [pid, parent, ...argv] = line.split('\t');
    return { pid: Number(pid), parent: Number(parent), argv: argv.slice(0, -1) };
  });
}

function findNginx(all: readonly Process[]): ProxyProgram | undefined {
  const master = all.find(({ argv }) => argv[0]?.startsWith('nginx: master process'));
  if (!master) return undefined;
  const worker = 'nginx: worker process';
  const workers = all.filter(({ argv }) => argv[0]?.startsWith(worker));
  // nginx writes its arguments into its title, joined by spaces.
  const options = [...(master.argv[0] ?? '').matchAll(/ -([cp]) ?(\S+)/g)].map(([, flag = '', value = '']) => ({
    flag,
    value,
  }));
  const words = options.flatMap(({ flag, value }) => [`-${flag}`, value]);
  return {
    kind: 'nginx',
    master: master.pid,
    workers: workers.map(({ pid }) => pid),
    worker,
    files: options.filter(({ flag }) => flag === 'c').map(({ value }) => value),
    check: ['nginx', '-t', ...words],
    print: ['nginx', '-T', ...words],
    reload: 'HUP',
  };
}

function findHaproxy(all: readonly Process[]): ProxyProgram | undefined {
  const found = all.filter(({ argv }) => /(?:^|\/)haproxy$/.test(argv[0] ?? '')).sort((a, b) => a.pid - b.pid);
  const [master, ...workers] = found;
  if (!master) return undefined;
  const [program = 'haproxy', ...argv] = master.argv;
  const files = argv.flatMap((argument, index) => (argument === '-f' ? (argv[index + 1] ?? []) : []));
  return {
    kind: 'haproxy',
    master: master.pid,
    workers: workers.map(({ pid }) => pid),
    worker: `${program}\t`,
    files,
    check: [program, '-c', ...files.flatMap((file) => ['-f', file])],
    print: undefined,
    // A master has a worker, whether the command line asked for that or the configuration.
    reload: workers.some(({ parent }) => parent === master.pid) ? 'USR2' : undefined,
  };
}
