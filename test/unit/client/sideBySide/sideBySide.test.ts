import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { completionsLeft, findingsLeft, type Finding } from '../../../../client/src/sideBySide/doubled.js';
import { chooseHelp, offer, type Offered } from '../../../../client/src/sideBySide/offer.js';
import { speaking, type Neighbours } from '../../../../client/src/sideBySide/switches.js';
import { fakeUi } from '../../../support/fakeUi.js';

const [yaml, containers, docker] = ['redhat.vscode-yaml', 'ms-azuretools.vscode-containers', 'docker.docker'];

interface FakeNeighbours extends Neighbours {
  readonly user: Map<string, unknown>;
}

/** Settings as users have them; without a value all are on. */
function neighbours(installed: readonly string[], user: Record<string, unknown> = {}, unknown = ''): FakeNeighbours {
  const values = new Map(Object.entries(user));
  return {
    user: values,
    isInstalled: (id) => installed.includes(id),
    read: ({ setting }) => ({
      known: setting !== unknown,
      value: values.get(setting) ?? (setting.includes('disable') ? [] : true),
      user: values.get(setting),
    }),
    write: async ({ setting }, value) => {
      if (value === undefined) values.delete(setting);
      else values.set(setting, value);
    },
  };
}

function memory(): Offered & { ids: readonly string[] } {
  return {
    ids: [],
    get() {
      return this.ids;
    },
    set(ids) {
      this.ids = ids;
    },
  };
}

const allOff = {
  'yaml.validate': false,
  'yaml.disableSchemaDetection': ['mine.yml', '**/*compose*.yml', '**/*compose*.yaml'],
  'containers.enableComposeLanguageService': false,
  'docker.extension.enableComposeLanguageServer': false,
};

suite('the offer to do it alone', () => {
  test('is made once, and again when another extension came', async () => {
    const offered = memory();
    const ui = fakeUi(['Keep Both', 'Keep Both']);
    await offer({ ui }, neighbours([]), offered);
    assert.equal(ui.said.length, 0);
    await offer({ ui }, neighbours([yaml]), offered);
    await offer({ ui }, neighbours([yaml]), offered);
    await offer({ ui }, neighbours([yaml, containers]), offered);
    assert.deepEqual(
      ui.said.map((it) => it.split(' Compose')[0]),
      [
        'inform: YAML also completes, explains and checks',
        'inform: YAML and Container Tools also complete, explain and check',
      ],
    );
  });

  test('writes what it showed, and nothing before that was agreed to', async () => {
    const there = neighbours([yaml, containers, docker], { 'yaml.disableSchemaDetection': ['mine.yml'] });
    const before = new Map(there.user);
    assert.equal(await offer({ ui: fakeUi(['Let Longshore Do It', false]) }, there, memory()), false);
    assert.deepEqual(there.user, before);
    const ui = fakeUi(['Let Longshore Do It', true]);
    assert.equal(await offer({ ui }, there, memory()), true);
    assert.deepEqual(Object.fromEntries(there.user), allOff);
    for (const line of [
      '"[dockercompose]": { "yaml.validate": false }',
      '"yaml.disableSchemaDetection": ["mine.yml","**/*compose*.yml","**/*compose*.yaml"]',
      '"containers.enableComposeLanguageService": false',
      '"docker.extension.enableComposeLanguageServer": false',
    ]) {
      assert.ok(ui.said.at(-1)?.includes(line), line);
    }
    assert.deepEqual(speaking(there), []);
  });

  test('is taken back, and leaves what was there before', async () => {
    const there = neighbours([yaml, containers, docker], allOff);
    assert.equal(await chooseHelp({ ui: fakeUi(['Side by side']) }, there), true);
    assert.deepEqual(Object.fromEntries(there.user), { 'yaml.disableSchemaDetection': ['mine.yml'] });
  });

  test('names no setting that the installed version has not', async () => {
    const there = neighbours([yaml], {}, 'yaml.disableSchemaDetection');
    await chooseHelp({ ui: fakeUi(['Longshore alone', true]) }, there);
    assert.deepEqual(Object.fromEntries(there.user), { 'yaml.validate': false });
    assert.deepEqual(speaking(there), []);
  });
});

suite('what is said twice', () => {
  const at = (line: number, start: number, end: number, isError = true): Finding => ({
    range: { start: { line, character: start }, end: { line, character: end } },
    isError,
  });

  test('an error at the same words', () => {
    const ours = [at(3, 4, 10), at(3, 12, 20), at(4, 4, 10), at(3, 4, 10, false)];
    assert.deepEqual(findingsLeft(ours, [at(3, 4, 10)]), ours.slice(1));
    assert.deepEqual(findingsLeft(ours, [at(3, 4, 10, false)]), ours);
    assert.deepEqual(findingsLeft(ours, [at(3, 8, 9), at(4, 0, 4)]), [ours[1], ours[3]]);
  });

  test('a completion of the same name, with its colon or without', () => {
    const left = completionsLeft(['image', 'gpus', 'build'], ['image:', 'build'], (it) => it);
    assert.deepEqual(left, ['gpus']);
  });
});
