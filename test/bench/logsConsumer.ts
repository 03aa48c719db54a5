// What the extension does with logs, in a process of its own so that its CPU and memory can be told apart: the feed, and the
// message to the view as the editor would write it. Prints one JSON object once every line has come.
import { connect } from '../../client/src/engine/connect.js';
import { resolveEndpoint } from '../../client/src/engine/endpoint.js';
import { EngineWatch } from '../../client/src/engine/watch.js';
import { LogFeed } from '../../client/src/logs/feed.js';
import { linesMessage } from '../../client/src/logs/messages.js';
import { sourcesOf } from '../../client/src/logs/scope.js';
import { realTimers } from '../../client/src/logs/timers.js';
import { joinProjects } from '../../client/src/model/projects.js';

void main(process.argv[2] ?? '', Number(process.argv[3]), Number(process.argv[4]));

async function main(project: string, expected: number, bound: number): Promise<void> {
  const engine = connect(await resolveEndpoint({ context: '', env: process.env }));
  const next: number[] = [];
  let lines = 0;
  let violations = 0;
  let characters = 0;
  const feed = new LogFeed({
    timers: realTimers,
    tail: expected,
    lines: bound,
    engine: async () => engine,
    view: {
      joined: () => undefined,
      waiting: () => undefined,
      refused: ({ name }, message) => fail(`${name}: ${message}`),
      lines(batch) {
        for (const { source, text } of batch) {
          const number = Number.parseInt(text, 10);
          if (number !== (next[source] ?? 0)) violations++;
          next[source] = number + 1;
        }
        lines += batch.length;
        characters += JSON.stringify(linesMessage(batch)).length;
        if (lines < expected) setImmediate(() => feed.taken());
        else finish();
      },
    },
  });
  const watch = new EngineWatch({
    connect: async () => engine,
    log: () => undefined,
    changed(snapshot) {
      const nothing = new Map<never, never>();
      const projects = joinProjects({ workspace: [], snapshot, scaled: nothing, hashes: nothing, others: true });
      if (snapshot.state.kind !== 'connected') fail('The Engine is gone.');
      feed.update(sourcesOf([{ project: `compose/${project}`, name: project }], projects));
    },
  });
  await watch.seen();

  function finish(): void {
    const { user, system } = process.cpuUsage();
    const memory = process.resourceUsage().maxRSS * 1024;
    const result = { lines, violations, late: feed.late, cpu: (user + system) / 1e6, memory, characters };
    process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
