// Whether a proxy reaches its services: what we say of small projects beside what happens when they run.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { rules } from '../../server/src/compose/rules/index.js';
import { nodeHost, uriOfPath } from '../../server/src/nodeHost.js';
import { projectsIn } from '../../server/src/project/discover.js';
import { reportProxies } from '../../server/src/project/proxy/report.js';
import { linkRules } from '../../server/src/project/proxy/rules/index.js';
import { Workspace } from '../../server/src/project/workspace.js';
import { startDockerd, type Engine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { get } from '../support/http.js';
import { reachabilityCases, type ReachabilityCase } from './reachabilityCases.js';

/** How many projects are started at once; most of their time they wait. */
const width = 6;
/** How long a request may fail before it counts: programs that come up need a moment, and those that shall work all they want. */
const patience = ({ works, stack }: ReachabilityCase): number => (works ? 90_000 : stack ? 25_000 : 4_000);

interface Outcome {
  readonly works: boolean;
  readonly what: string;
}

suite('what we say of a proxy is what happens', () => {
  let engine: Engine;
  const folder = mkdtempSync(join(tmpdir(), 'longshore-reachability-'));
  const outcomes = new Map<string, Promise<Outcome>>();

  before(async () => {
    engine = await startDockerd();
    await ensureImages(engine, ['busybox:1.36', 'nginx:1.27', 'haproxy:2.8']);
    await engine.docker(['swarm', 'init', '--advertise-addr', engine.address]);
    // Those first that are waited for the longest.
    const waiting = [...reachabilityCases.entries()].sort(
      ([, a], [, b]) => Number(b.stack ?? 0) - Number(a.stack ?? 0),
    );
    const next = async (): Promise<void> => {
      for (let item = waiting.shift(); item; item = waiting.shift()) {
        const [index, one] = item;
        const outcome = happens(engine, join(folder, nameOf(index)), one, index);
        outcomes.set(one.title, outcome);
        await outcome.catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: width }, next));
  });
  after(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [index, one] of reachabilityCases.entries()) {
    test(one.title, async () => {
      const outcome = await outcomes.get(one.title);
      const said = says(join(folder, nameOf(index)));
      assert.ok(outcome);
      assert.equal(outcome.works, one.works, `The case itself is wrong: ${outcome.what}`);
      assert.deepEqual(
        { works: said.length === 0, said: one.works ? said : [] },
        { works: outcome.works, said: [] },
        `${outcome.what}\n${said.join('\n')}`,
      );
    });
  }
});

function nameOf(index: number): string {
  return `reach${index}`;
}

/** Starts a project and sends one request through its proxy. */
async function happens(engine: Engine, folder: string, one: ReachabilityCase, index: number): Promise<Outcome> {
  const name = nameOf(index);
  const port = 21_000 + index;
  const main = one.stack ? 'stack.yaml' : 'compose.yaml';
  for (const [path, text] of Object.entries({ [main]: one.compose, ...one.files })) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text.replaceAll('@PORT@', String(port)).replaceAll('@NAME@', name));
  }
  const file = join(folder, main);
  const started = one.stack
    ? await engine.docker(['stack', 'deploy', '-c', file, '--detach=true', name], { check: false })
    : await engine.docker(['compose', '-p', name, '-f', file, 'up', '-d'], { check: false });
  if (started.code !== 0)
    return { works: false, what: started.stderr.trim().split('\n').at(-1) ?? 'It does not start.' };
  const end = Date.now() + patience(one);
  for (let what = 'Nothing answered.'; ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const answer = await get(`http://${engine.address}:${port}/`, 3_000).catch(() => undefined);
    const body = answer?.body ?? '';
    if (answer?.status === 200 && body.startsWith('api')) return { works: true, what: 'The service answered.' };
    if (answer) what = `The proxy answered ${answer.status}: ${body.slice(0, 60)}`;
    if (Date.now() > end) return { works: false, what };
  }
}

/** Warnings and errors about the proxy; in what order things start is left to chance here. */
function says(folder: string): readonly string[] {
  const host = nodeHost(true);
  const uri = uriOfPath(folder);
  const fail = (message: string): never => assert.fail(message);
  const workspace = new Workspace(host, rules, fail);
  const projects = projectsIn(host, workspace, uri).map((files) => workspace.check(files, { severity: {} }));
  const aboutLinks = projects.flatMap(({ findings }) =>
    findings.filter(({ rule }) => rule !== 'proxy-start-order' && linkRules.some(({ id }) => id === rule)),
  );
  const inFiles = [...reportProxies(projects, { severity: {} }, fail).values()].flatMap(({ diagnostics }) =>
    diagnostics.map((it) => ({ ...it, rule: it.code })),
  );
  return [...aboutLinks, ...inFiles]
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, message }) => `${rule}: ${message}`);
}
