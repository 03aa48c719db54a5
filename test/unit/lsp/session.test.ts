import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { documentSymbols } from '../../../server/src/compose/features/documentSymbols.js';
import { Session } from '../../../server/src/lsp/session.js';
import { memoryHost } from '../../support/memoryHost.js';

const uri = 'file:///project/compose.yaml';
const versions = 40;

suite('what is kept while somebody types', () => {
  const lines = ['services:', '  web:', '    image: nginx:1.27', '    command: run', '  db:', '    image: postgres:17'];
  const places = {
    'in a service': { line: 3, character: 16 },
    'in the name of a service': { line: 1, character: 5 },
    'in an anchor': { line: 7, character: 14 },
  };
  for (const [where, start] of Object.entries(places)) {
    test(`${where}: none of the versions before`, async () => {
      const session = new Session(memoryHost({}), assert.fail);
      session.open(uri, 'dockercompose', 1, [...lines, 'x-all: &all', '  restart: no', ''].join('\n'));
      const seen: WeakRef<object>[] = [];
      for (let version = 2; version < versions; version++) seen.push(edited(session, start, version));
      // What was looked at in this turn is kept until it ends.
      let kept = seen.length;
      for (let turns = 0; turns < 50 && kept > 3; turns++) {
        await pause(1);
        collectGarbage();
        kept = seen.filter((it) => it.deref() !== undefined).length;
      }
      assert.ok(kept <= 3, `${kept} of ${seen.length} versions are still there.`);
    });
  }
});

/** Types one character, has everything answered, and gives what the file was read as. */
function edited(session: Session, start: { line: number; character: number }, version: number): WeakRef<object> {
  session.change(uri, version, [{ range: { start, end: start }, text: 'x' }]);
  session.diagnostics(uri);
  const [files] = session.projectsOf(uri);
  assert.ok(files);
  const { project } = session.check(files);
  const model = project.files.get(uri);
  assert.ok(model);
  documentSymbols(model.source);
  return new WeakRef(model);
}

const collectGarbage = ((): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();
