import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../../server/src/compose/rules/index.js';
import { Workspace } from '../../../server/src/project/workspace.js';
import { memoryHost } from '../../support/memoryHost.js';

const service = 'services:\n  web:\n    image: nginx:1.27\n';
const files = ['file:///project/a.yaml', 'file:///project/b.yaml'] as const;

for (const [first, second, said] of [
  ['version: "3.8"\n', 'version: "3.7"\n', ['`version` is format 3.7 here and 3.8 in `a.yaml`']],
  ['version: "3.8"\n', '', ['Without `version` this is format 3.13 here and 3.8 in `a.yaml`']],
  ['version: "3"\n', '', []],
  ['version: "3.8"\n', 'version: "3.8"\n', []],
] as const) {
  test(`Files of one stack are of one format: ${JSON.stringify([first, second])}`, () => {
    const host = memoryHost({ [files[0]]: first + service, [files[1]]: second + service });
    const workspace = new Workspace(host, rules, (message) => assert.fail(message));
    const { findings } = workspace.check({ target: 'stack', files }, { severity: {} });
    assert.deepEqual(
      findings
        .filter(({ rule, at }) => rule === 'version-unsupported' && at.block.uri === files[1])
        .map(({ message }) => message.split(':')[0]),
      said,
    );
  });
}

test('An empty text of a later file changes nothing in a stack', () => {
  const later = 'services:\n  web:\n    image: ""\n';
  const host = memoryHost({ [files[0]]: service, [files[1]]: later });
  const workspace = new Workspace(host, rules, (message) => assert.fail(message));
  const { findings } = workspace.check({ target: 'stack', files }, { severity: {} });
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
});
