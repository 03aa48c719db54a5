/** A proxy that runs in a container, as its own processes tell. */
export interface ProxyProgram {
  readonly kind: 'nginx' | 'haproxy';
  readonly master: number;
  readonly workers: readonly number[];
  /** Checks the configuration that the master was started with. */
  readonly check: readonly string[];
  /** Prints it, where the program can. */
  readonly print: readonly string[] | undefined;
  /** Makes the master take it without dropping a connection; undefined where it cannot. */
  readonly reload: readonly string[] | undefined;
}

/** Prints `pid <TAB> argument <TAB> …` per process. Needs a shell and `tr`, as any image with a shell has; names no input. */
export const listProcesses: readonly string[] = [
  'sh',
  '-c',
  `for p in /proc/[0-9]*; do printf '%s\\t' "\${p#/proc/}"; tr '\\0' '\\t' < "$p/cmdline"; echo; done 2>/dev/null`,
];

/** Undefined where neither program runs. */
export function findProxy(processes: string): ProxyProgram | undefined {
  const all = processes.split('\n').map((line) => {
    const [pid, ...argv] = line.split('\t');
    return { pid: Number(pid), argv: argv.slice(0, -1) };
  });
  const master = all.find(({ argv }) => argv[0]?.startsWith('nginx: master process'));
  if (master) {
    const workers = all.filter(
      ({ argv }) => argv[0]?.startsWith('nginx: worker process') && !/shutting down/.test(argv[0]),
    );
    // nginx writes its arguments into its title, joined by spaces.
    const options = [...(master.argv[0] ?? '').matchAll(/ -([cp]) ?(\S+)/g)].flatMap(([, flag, value]) => [
      `-${flag}`,
      value ?? '',
    ]);
    return {
      kind: 'nginx',
      master: master.pid,
      workers: workers.map(({ pid }) => pid),
      check: ['nginx', '-t', ...options],
      print: ['nginx', '-T', ...options],
      reload: ['nginx', '-s', 'reload', ...options],
    };
  }
  const haproxies = all.filter(({ argv }) => /(?:^|\/)haproxy$/.test(argv[0] ?? '')).sort((a, b) => a.pid - b.pid);
  const [first, ...rest] = haproxies;
  if (!first) return undefined;
  const files = first.argv.flatMap((argument, index) => (argument === '-f' ? ['-f', first.argv[index + 1] ?? ''] : []));
  const canReload = first.argv.some((argument) => /^-W/.test(argument));
  return {
    kind: 'haproxy',
    master: first.pid,
    workers: rest.map(({ pid }) => pid),
    check: [first.argv[0] ?? 'haproxy', '-c', ...files],
    print: undefined,
    reload: canReload ? ['sh', '-c', 'kill -USR2 "$1"', 'sh', String(first.pid)] : undefined,
  };
}
