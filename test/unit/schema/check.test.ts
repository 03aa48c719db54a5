import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Target } from '../../../server/src/compose/target.js';
import { brief, shapesOf } from './shapes.js';

function service(keys: string): string {
  return `services:\n  web:\n    image: nginx\n${keys.replace(/^/gm, '    ')}\n`;
}

/** A service with these keys, and what is said of it. */
const cases: readonly (readonly [Target, string, readonly string[]])[] = [
  ['compose', 'delopy: {}', ['error unknown-key "delopy"']],
  ['compose', 'x-mine: 1', []],
  ['stack', 'x-mine: 1', []],
  ['stack', 'deploy: { x-mine: 1 }', ['error not-in-stack "x-mine"']],
  ['compose', 'constructor: 1', ['error unknown-key "constructor"']],
  ['compose', 'ports: "80:80"', ['error wrong-type "\\"80:80\\""']],
  ['compose', 'environment:', ['error wrong-type "environment"']],
  ['compose', 'deploy:', []],
  ['compose', 'command:', []],
  ['stack', 'command:', ['error wrong-type "command"']],
  ['compose', 'deploy: { replicas: "2" }', []],
  ['stack', 'deploy: { replicas: "2" }', ['error wrong-type "\\"2\\""']],
  ['stack', 'deploy: { replicas: "${N:-2}" }', []],
  ['stack', 'deploy: { replicas: "${N:-two}" }', ['error wrong-type "\\"${N:-two}\\""']],
  ['compose', 'deploy: { replicas: "${N}" }', ['warning wrong-type "\\"${N}\\""']],
  ['stack', 'deploy: { replicas: -1 }', ['error invalid-value "-1"']],
  ['compose', 'privileged: "yes"', []],
  ['compose', 'privileged: "1"', ['error wrong-type "\\"1\\""']],
  ['stack', 'init: "${I:-true}"', ['error wrong-type "\\"${I:-true}\\""']],
  ['compose', 'cpu_percent: 101', ['error invalid-value "101"']],
  ['compose', 'cgroup: shared', ['error invalid-value "shared"']],
  ['compose', 'container_name: x', ['error invalid-value "x"']],
  ['stack', 'container_name: x', ['warning ignored-in-stack "container_name"']],
  ['stack', 'mem_limit: 5m', ['error not-in-stack "mem_limit"']],
  ['stack', 'environment: { A: true }', ['error wrong-type "true"']],
  ['compose', 'environment: { A: true }', []],
  ['stack', 'dns: [1.1.1.1, 1.1.1.1]', ['error duplicate-item "1.1.1.1"']],
  ['compose', 'dns: [1.1.1.1, 1.1.1.1]', []],
  ['compose', 'depends_on: [a, a]', ['error duplicate-item "a"']],
  ['stack', 'expose: [80, "80"]', ['warning ignored-in-stack "expose"']],
  ['stack', 'ports: [{ target: 80 }, { target: 80 }]', ['error duplicate-item "{ target: 80 }"']],
  ['compose', 'volumes: [{ target: /x }]', ['error missing-key "{ target: /x }"']],
  [
    'compose',
    'volumes: [{ type: volume, target: !reset /x }]',
    ['error missing-key "{ type: volume, target: !reset /x }"'],
  ],
  ['compose', 'ports: !reset "80"', []],
  ['stack', 'ports: !reset "80"', ['error wrong-type "\\"80\\""']],
  ['compose', 'pre_start: []', ['error unknown-key "pre_start"']],
  [
    'stack',
    'build: { ssh: default, args: { A: true } }',
    ['warning ignored-in-stack "build"', 'error wrong-type "true"'],
  ],
  [
    'stack',
    'volumes: [{ type: bind, source: /a, target: /b, bind: { selinux: z } }]',
    ['warning ignored-in-stack "selinux"'],
  ],
  ['compose', 'depends_on: { "b b": { condition: service_started } }', ['error invalid-value "\\"b b\\""']],
];

for (const [target, keys, expected] of cases) {
  test(`${target}: ${keys}`, () => {
    assert.deepEqual(shapesOf(service(keys), target).map(brief), expected);
  });
}

test('old file formats know fewer keys and forms', () => {
  const text = service('init: true\nports:\n  - { target: 80 }');
  assert.deepEqual(shapesOf(text, 'stack', { version: '3.1' }).map(brief), [
    'error needs-newer-format "init"',
    'error needs-newer-format "{ target: 80 }"',
  ]);
  assert.deepEqual(shapesOf(text, 'stack', { version: '3' }), []);
  assert.deepEqual(shapesOf(text, 'compose', { version: '3.1' }), []);
});

test('extensions come to a stack with file formats 3.4 and 3.7', () => {
  const text = 'x-a: 1\nservices:\n  web: { image: nginx, x-b: 1 }\n';
  assert.deepEqual(shapesOf(text, 'stack', { version: '3.3' }).map(brief), [
    'error needs-newer-format "x-a"',
    'error needs-newer-format "x-b"',
  ]);
  assert.deepEqual(shapesOf(text, 'stack', { version: '3.6' }).map(brief), ['error needs-newer-format "x-b"']);
  assert.deepEqual(shapesOf(text, 'stack', { version: '3.7' }), []);
});

test('a key that stands too far out or in is told where it belongs', () => {
  const belongs = (keys: string): readonly (string | undefined)[] =>
    shapesOf(service(keys), 'compose').map(({ data }) => data?.belongs);
  assert.deepEqual(belongs('replicas: 2'), ['deploy']);
  assert.deepEqual(belongs('deploy: { constraints: [] }'), ['deploy.placement']);
  assert.deepEqual(belongs('deploy: { resources: { reservations: { pids: 5 } } }'), ['deploy.resources.limits']);
  assert.deepEqual(belongs('deploy: { ports: [] }'), ['']);
  assert.deepEqual(belongs('dockerfile: Dockerfile'), ['build']);
});

test('a misspelt key of another level is recognised', () => {
  const [found] = shapesOf(service('replica: 2'), 'compose');
  assert.match(found?.message ?? '', /Did you mean `deploy\.replicas`\?$/);
});

test('keys of a service at the column of its name are one mistake each', () => {
  const text =
    'services:\n  web:\n    image: nginx\n  deploy:\n    replicas: 2\n  image: nginx\n  build:\n    image: a service of that name\n';
  assert.deepEqual(shapesOf(text, 'compose').map(brief), [
    'error misplaced-key "deploy"',
    'error misplaced-key "image"',
  ]);
});

test('services at the root belong below services', () => {
  assert.deepEqual(
    shapesOf('web:\n  image: nginx\n', 'compose').map(({ rule, data }) => [rule, data?.belongs]),
    [['misplaced-key', 'services']],
  );
});

test('what was probably meant comes with the finding', () => {
  const candidates = (keys: string): readonly unknown[] =>
    shapesOf(service(keys), 'compose').map(({ data }) => data?.candidates);
  assert.deepEqual(candidates('enviroment: {}'), [['environment']]);
  assert.deepEqual(candidates('deploy: { updateConfig: {} }'), [['update_config']]);
  assert.deepEqual(candidates('env: {}'), [['environment']]);
  assert.deepEqual(candidates('depends_on: { db: { condition: service_health } }'), [['service_healthy']]);
});

test('a merge of huge and deep values takes its time in proportion', { timeout: 10_000 }, () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `    key${String(index)}: 1\n`).join('');
  assert.equal(shapesOf(`services:\n  web:\n    image: nginx\n${many}`, 'compose').length, 20_000);
  const deep = `${'['.repeat(150)}${']'.repeat(150)}`;
  assert.equal(shapesOf(service(`ports: ${deep}\ndns: ${deep}`), 'stack').length, 2);
});
