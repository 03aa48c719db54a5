import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { toCompose, toStack } from '../../../../server/src/compose/features/convert.js';
import { applyEdits } from '../../../../server/src/text/edit.js';

const variables = { lookup: () => undefined, final: false };
const fixture = (name: string): string => readFileSync(`test/fixtures/convert/${name}.yaml`, 'utf8');
const service = (...lines: readonly string[]): string =>
  ['services:', '  web:', '    image: nginx:1.27', ...lines.map((line) => `    ${line}`), ''].join('\n');
const stackOf = (text: string): string => toStack('file:///compose.yaml', text, variables).text;
const composeOf = (text: string): string => toCompose('file:///stack.yaml', text, variables).text;

suite('toStack', () => {
  test('keeps comments, quotes and anchors', () => {
    const text = stackOf(fixture('everything.compose'));
    for (const kept of [
      '# Everything',
      'LOG_LEVEL: info # said once',
      '# pushed by',
      '<<: *env',
      '&env',
      '"--data-checksums"',
    ]) {
      assert.ok(text.includes(kept), kept);
    }
  });

  test('changes nothing the second time', () => {
    const once = stackOf(fixture('everything.compose'));
    assert.equal(stackOf(once), once);
  });

  test('gives edits that make the text', () => {
    const before = fixture('everything.compose');
    const { edits, text } = toStack('file:///compose.yaml', before, variables);
    assert.equal(applyEdits(before, edits), text);
  });

  test('lists what it cannot carry over', () => {
    const { notes } = toStack('file:///compose.yaml', fixture('everything.compose'), variables);
    const lost = notes
      .filter(({ kind }) => kind === 'lost')
      .map(({ where, message }) => `${where} ${message.split(' ')[0] ?? ''}`);
    assert.deepEqual(lost.sort(), [
      ' `name`',
      'networks.back `enable_ipv6`',
      'networks.back `gateway`',
      'services.api Each',
      'services.api `app_protocol`',
      'services.api `depends_on`',
      'services.api `develop`',
      'services.api `host_ip`',
      'services.api `pull_policy`',
      'services.db `priority`',
      'services.train `profiles`',
      'services.train `runtime`',
    ]);
    assert.ok(notes.some(({ kind, message }) => kind === 'found' && message.includes('`build`')));
  });

  test('declares what the other tool looks for', () => {
    const text = service('networks: [front]');
    assert.equal(stackOf(text), `${text}networks:\n  front:\n`);
  });

  test('raises the file format to what it comes to use', () => {
    const text = `version: "3.3"\n${service('gpus: all')}`;
    assert.match(stackOf(text), /^version: "3\.5"\n/);
  });

  test('names an image that is built, and says so', () => {
    const { text, notes } = toStack('file:///compose.yaml', 'services:\n  Web:\n    build: .\n', variables);
    assert.equal(text, 'services:\n  Web:\n    build: .\n    image: web\n');
    assert.ok(notes.some(({ kind, message }) => kind === 'added' && message.endsWith('(Add `image: web`)')));
  });

  test('keeps a network whose settings all have to go', () => {
    const text = (...lines: readonly string[]): string =>
      `${service('networks:', '  front:', ...lines)}networks:\n  front:\n`;
    assert.equal(stackOf(text('    priority: 10')), text());
  });

  test('tells what is left to do', () => {
    const { notes } = toStack(
      'file:///compose.yaml',
      `${service()}secrets:\n  key:\n    environment: KEY\n`,
      variables,
    );
    assert.ok(notes.some(({ kind, where }) => kind === 'open' && where === 'secrets.key'));
  });

  test('puts limits into the deploy that is there', () => {
    assert.equal(
      stackOf(service('deploy:', '  replicas: 2', 'mem_limit: 1g # enough')),
      service('deploy:', '  replicas: 2', '  resources:', '    limits:', '      memory: 1g'),
    );
  });

  test('writes in braces where the author does', () => {
    assert.equal(
      stackOf('services:\n  web: { image: "nginx:1.27", scale: 2 }\n'),
      'services:\n  web: { image: "nginx:1.27", deploy: { replicas: 2 } }\n',
    );
  });

  test('leaves what it cannot change and says so', () => {
    const text = service('extends: base');
    const { edits, notes } = toStack('file:///compose.yaml', text, variables);
    assert.deepEqual(edits, []);
    assert.ok(notes.some(({ message }) => message.includes('`extends`')));
  });
});

suite('toCompose', () => {
  test('turns generic resources into devices', () => {
    assert.match(composeOf(fixture('everything.stack')), /devices:\n +- capabilities: \[gpu\]\n +count: 2\n/);
  });

  test('takes out dependencies that docker stack did not look at', () => {
    const { text, notes } = toCompose('file:///stack.yaml', service('depends_on: [nope, web]'), variables);
    assert.equal(text, service());
    assert.equal(notes.filter(({ kind }) => kind === 'lost').length, 2);
  });

  test('says what docker compose ignores', () => {
    const { notes } = toCompose('file:///stack.yaml', fixture('everything.stack'), variables);
    assert.ok(notes.some(({ where, message }) => where === 'services.web' && message.includes('`placement`')));
  });
});
