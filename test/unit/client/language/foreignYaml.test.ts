import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isForeignYaml } from '../../../../client/src/language/foreignYaml.js';

suite('files of others', () => {
  for (const [name, text, expected] of [
    ['Kubernetes', 'apiVersion: v1\nkind: Service\nspec:\n  x: 1\n', true],
    ['a workflow', 'name: compose\non: [push]\njobs:\n  build: {}\n', true],
    ['a pipeline', 'stages: [a]\n', true],
    ["Haskell's stack", 'resolver: lts-22\npackages: [.]\n', true],
    ['CloudFormation', 'Resources:\n  A: {}\n', true],
    ['Compose', 'services:\n  web:\n    image: x\n', false],
    ['a service with such a key', 'services:\n  stages:\n    image: x\nx-on: {}\n', false],
    ['a new file', '', false],
    ['a file of networks', 'networks:\n  a: {}\n', false],
    ['a first version file', 'web:\n  image: x\n', false],
  ] as const) {
    test(name, () => assert.equal(isForeignYaml(text), expected));
  }
});
