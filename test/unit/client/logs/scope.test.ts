import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { composeLogs, composeLogsTerminal } from '../../../../client/src/commands/composeLogs.js';
import { runCommand } from '../../../../client/src/commands/register.js';
import type { Ctx } from '../../../../client/src/context.js';
import type { Replica } from '../../../../client/src/engine/engine.js';
import { nothingSeen } from '../../../../client/src/engine/snapshot.js';
import { bestMatch } from '../../../../client/src/logs/bestMatch.js';
import { linesMessage } from '../../../../client/src/logs/messages.js';
import { logPage } from '../../../../client/src/logs/page.js';
import { isFromView } from '../../../../client/src/logs/protocol.js';
import { scopeOf, sourcesOf } from '../../../../client/src/logs/scope.js';
import type { LogScope } from '../../../../client/src/logs/scope.js';
import { joinProjects } from '../../../../client/src/model/projects.js';
import type { Project } from '../../../../client/src/model/projects.js';
import type { Target } from '../../../../client/src/model/target.js';
import { fakeCtx } from '../../../support/fakeCtx.js';
import type { FakeCtx } from '../../../support/fakeCtx.js';
import { fakeReplica } from '../../../support/fakeEngine.js';
import { fakeUi } from '../../../support/fakeUi.js';

const names = ['shop-api-1', 'shop-api-2', 'shop-web-1', 'blog-web-1'];

function projects(more: readonly Replica[] = []): readonly Project[] {
  const replicas = new Map([...names.map((name) => fakeReplica(name)), ...more].map((one) => [one.id, one]));
  const nothing = new Map<never, never>();
  return joinProjects({
    workspace: [],
    snapshot: { ...nothingSeen, state: { kind: 'connected' }, replicas },
    scaled: nothing,
    hashes: nothing,
    others: true,
  });
}

function target(name: string): Target {
  const [projectName, serviceName, number] = name.split('-');
  const project = projects().find((one) => one.name === projectName);
  assert.ok(project);
  const service = project.services.find((one) => one.name === serviceName);
  if (!service) return { kind: 'project', project };
  const replica = service.replicas.find((one) => String(one.number) === number);
  return replica ? { kind: 'replica', project, service, replica } : { kind: 'service', project, service };
}

function followed(...targets: readonly string[]): readonly string[] {
  return sourcesOf(scopeOf(targets.map(target)), projects()).map(({ name }) => name);
}

suite('what a log view follows', () => {
  test('a project, services, a replica, and parts of several projects', () => {
    assert.deepEqual(followed('shop'), ['api-1', 'api-2', 'web-1']);
    assert.deepEqual(followed('shop-api', 'shop-web'), ['api-1', 'api-2', 'web-1']);
    assert.deepEqual(followed('shop-api-2'), ['api-2']);
    assert.deepEqual(followed('shop-api-1', 'blog'), ['blog/web-1', 'shop/api-1']);
  });

  test('what is chosen beside its own project or service adds nothing', () => {
    const names = (...targets: readonly string[]): readonly string[] =>
      scopeOf(targets.map(target)).map(({ name }) => name);
    assert.deepEqual(names('shop', 'shop-api', 'shop-api-1'), ['shop']);
    assert.deepEqual(names('shop-api-1', 'shop-api', 'shop-web', 'shop-api'), ['api', 'web']);
  });

  test('a replica that was made again is followed under its name', () => {
    const again = fakeReplica('shop-api-2', { id: 'another', state: 'exited' });
    const sources = sourcesOf(scopeOf([target('shop-api-2')]), projects([again]));
    assert.deepEqual(
      sources.map(({ id, name, running }) => [id, name, running]),
      [
        ['another', 'api-2', false],
        ['id-shop-api-2', 'api-2', true],
      ],
    );
  });

  test('colours are the same for a name and differ between neighbours', () => {
    const colors = sourcesOf(scopeOf([target('shop-api')]), projects()).map(({ color }) => color);
    assert.equal(new Set(colors).size, 2);
    const again = sourcesOf(scopeOf([target('shop')]), projects()).map(({ color }) => color);
    assert.deepEqual(again.slice(0, 2), colors);
  });
});

suite('logs commands', () => {
  function world(answers: Parameters<typeof fakeUi>[0] = []): FakeCtx & { readonly shown: LogScope[] } {
    const shown: LogScope[] = [];
    const showLogs: Ctx['showLogs'] = async (scope) => void shown.push(scope);
    return { ...fakeCtx({ ui: fakeUi(answers), projects }), showLogs, shown };
  }

  test('without a target ask for the project, then for the whole or a service', async () => {
    const whole = world(['shop', 'All services']);
    await runCommand(whole, composeLogs, undefined, undefined);
    assert.deepEqual(whole.shown, [[{ project: 'compose/shop', name: 'shop' }]]);
    const one = world(['shop', 'web']);
    await runCommand(one, composeLogs, undefined, undefined);
    assert.deepEqual(one.shown, [[{ project: 'compose/shop', service: 'compose/shop/web', name: 'web' }]]);
    const dismissed = world(['shop', undefined]);
    await runCommand(dismissed, composeLogs, undefined, undefined);
    assert.deepEqual(dismissed.shown, []);
  });

  test('the view works where the workspace is not trusted, the terminal does not', async () => {
    const ctx = world();
    ctx.ui.trusted = false;
    await runCommand(ctx, composeLogs, target('shop'), undefined);
    await runCommand(ctx, composeLogsTerminal, target('shop'), undefined);
    assert.equal(ctx.shown.length, 1);
    assert.match(ctx.ui.said.join('\n'), /^fail: This workspace is not trusted/);
  });

  test('the terminal runs Compose, where no name can become a flag', async () => {
    const ctx = world();
    await runCommand(ctx, composeLogsTerminal, undefined, [target('shop-api'), target('shop-web'), target('blog')]);
    assert.deepEqual(ctx.ui.said, [
      'terminal: docker compose --ansi=never --project-name=shop logs --follow --tail=500 -- api web',
      'terminal: docker compose --ansi=never --project-name=blog logs --follow --tail=500',
    ]);
  });
});

suite('the page', () => {
  const html = logPage({
    nonce: 'n0',
    source: 'https://served.example',
    script: 'https://s/x.js',
    style: 'https://s/x.css',
  });

  test('may load our script and style and nothing else', () => {
    assert.match(
      html,
      /content="default-src 'none'; style-src https:\/\/served\.example; font-src https:\/\/served\.example; script-src 'nonce-n0'"/,
    );
    assert.doesNotMatch(html, /unsafe|\son\w+=|style=|javascript:/);
    assert.equal([...html.matchAll(/<script/g)].length, 1);
  });

  test('every field and button has a name', () => {
    for (const [tag] of html.matchAll(/<(?:input|select|button)[^>]*>[^<]*/g)) {
      assert.match(tag, /aria-label="[^"]+"|>[A-Z]\w+/, tag);
    }
  });
});

suite('messages', () => {
  test('lines go in columns', () => {
    const line = { time: 5, text: 'x', stderr: false };
    assert.deepEqual(
      linesMessage([
        { ...line, source: 3 },
        { ...line, source: 4, stderr: true, text: 'y' },
      ]),
      {
        type: 'lines',
        sources: [6, 9],
        times: [5, 5],
        texts: ['x', 'y'],
      },
    );
  });

  test('what is no message of the view is not believed', () => {
    for (const message of [
      undefined,
      'ready',
      { type: 'copy' },
      { type: 'save', text: 1 },
      { type: 'open', path: 'a.py', line: '1', column: 1 },
      { type: 'open', path: 'a.py', line: 1.5, column: 1 },
      { type: 'run', command: 'x' },
    ]) {
      assert.equal(isFromView(message), false, JSON.stringify(message));
    }
    assert.ok(isFromView({ type: 'open', path: 'a.py', line: 1, column: 1 }));
  });
});

suite('the file that a line of a log means', () => {
  for (const [path, files, expected] of [
    ['/app/api/main.py', ['web/main.py', 'services/api/main.py', 'main.py'], 1],
    ['/usr/src/main.py', ['web/main.py', 'main.py'], 1],
    ['../lib/b.rs', ['x/a.rs'], undefined],
    ['main.py', [], undefined],
    ['main.py', ['xmain.py'], undefined],
  ] as const) {
    test(`${path} of ${files.join(', ')}`, () => assert.equal(bestMatch(path, files), expected));
  }
});
