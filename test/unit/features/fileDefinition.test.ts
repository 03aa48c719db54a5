import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fileDefinition } from '../../../server/src/compose/features/fileDefinition.js';
import { featureCase } from '../../support/featureCase.js';

const dockerfile = '#- /Dockerfile\nFROM a AS dev\nRUN x\nFROM b AS prod\n';

suite('definition of a file', () => {
  for (const [title, written, expected] of [
    ['an environment file', 'services:\n  web:\n    env_file:\n      - path: ./a$0.env\n#- /a.env\nA=1\n', '/a.env:0'],
    [
      'an included file',
      'include:\n  - path: [a.yml, b$0.yml]\n#- /a.yml\nservices: {}\n#- /b.yml\nservices: {}\n',
      '/b.yml:0',
    ],
    ['a stage', `services:\n  web:\n    build: { context: ., target: pr$0od }\n${dockerfile}`, '/Dockerfile:2'],
    [
      'a stage that is not there',
      `services:\n  web:\n    build: { context: ., target: pro$0 }\n${dockerfile}`,
      undefined,
    ],
    ['a file that is not there', 'services:\n  web:\n    env_file: ./a$0.env\n', undefined],
    ['a key', 'services:\n  web:\n    env_$0file: ./a.env\n#- /a.env\nA=1\n', undefined],
    ['an image', 'services:\n  web:\n    image: ng$0inx:1\n', undefined],
  ] as const) {
    test(title, () => {
      const { checked, uri, offset, world } = featureCase(written);
      const found = fileDefinition(checked.project, uri, offset, world.folder, world.read);
      assert.equal(found && `${found.uri.slice(world.folder.length)}:${found.line}`, expected);
    });
  }
});
