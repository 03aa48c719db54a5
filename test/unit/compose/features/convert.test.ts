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
      'networks.back `enable_ipv6`',
      'networks.back `gateway`',
      'services.api `host_ip`',
      'services.db `priority`',
      'services.train `profiles`',
      'services.train `runtime`',
    ]);
    assert.ok(notes.some(({ kind, message }) => kind === 'found' && message.includes('`build`')));
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

  test('says what docker compose ignores', () => {
    const { notes } = toCompose('file:///stack.yaml', fixture('everything.stack'), variables);
    assert.ok(notes.some(({ where, message }) => where === 'services.web' && message.includes('`placement`')));
  });
});
