import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { effectiveConfig } from '../../../server/src/compose/features/effectiveConfig.js';
import { featureCase } from '../../support/featureCase.js';

/** Two Compose files, one over the other; keys of the service `a`. */
function merged(base: string, over: string): string {
  const file = (body: string) => `services:\n  a:\n    ${body.replaceAll('\n', '\n    ')}\n`;
  const { checked } = featureCase(`${file(base)}#- /compose.override.yaml\n${file(over)}`);
  return effectiveConfig(checked.project)
    .split('\n')
    .slice(2, -1)
    .map((line) => line.slice(4))
    .join('\n');
}

suite('effective configuration', () => {
  for (const [title, base, over, expected] of [
    ['a later scalar wins', 'image: a', 'image: b', 'image: b'],
    ['commands are replaced', 'command: [a, b]', 'command: [c]', 'command:\n  - c'],
    ['lists are joined', 'dns: [1.1.1.1]', 'dns: [8.8.8.8]', 'dns:\n  - 1.1.1.1\n  - 8.8.8.8'],
    ['variables go by name', 'environment: [A=1, B=2]', 'environment: [B=3]', 'environment:\n  - A=1\n  - B=3'],
    ['both forms of variables mix', 'environment: [A=1]', 'environment: { B: x }', 'environment:\n  A: "1"\n  B: x'],
    ['mounts go by target', 'volumes: ["./a:/x"]', 'volumes: ["./b:/x", "./c:/y"]', 'volumes:\n  - ./b:/x\n  - ./c:/y'],
    ['ports go by all they say', 'ports: ["80:80"]', 'ports: ["80:80", "81:80"]', 'ports:\n  - "80:80"\n  - "81:80"'],
    [
      'another logging driver starts anew',
      'logging: { driver: a, options: { x: y } }',
      'logging: { driver: b }',
      'logging:\n  driver: b',
    ],
    ['`!override` replaces', 'dns: [1.1.1.1]', 'dns: !override [8.8.8.8]', 'dns:\n  - 8.8.8.8'],
    ['`!reset` takes away', 'image: a\ndns: [1.1.1.1]', 'dns: !reset []', 'image: a'],
  ] as const) {
    test(title, () => assert.equal(merged(base, over), expected));
  }

  test('aliases, variables and texts that need quotes', () => {
    const { checked } = featureCase(
      'x-a: &a { TAG: "${TAG:-1.30}", S: "yes", N: "1", E: "", L: "a\\nb" }\nservices:\n  web:\n    image: nginx:${TAG:-1.30}\n    environment:\n      <<: *a\n',
    );
    assert.equal(
      effectiveConfig(checked.project).split('services:\n')[1],
      '  web:\n    image: nginx:1.30\n    environment:\n      TAG: "1.30"\n      S: "yes"\n      "N": "1"\n      E: ""\n      L: "a\\nb"\n',
    );
  });
});
