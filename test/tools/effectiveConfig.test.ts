import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { effectiveConfig } from '../../server/src/compose/features/effectiveConfig.js';
import type { Project } from '../../server/src/compose/model/project.js';
import { rules } from '../../server/src/compose/rules/index.js';
import type { Target } from '../../server/src/compose/target.js';
import { Workspace } from '../../server/src/project/workspace.js';
import { askTool, type Question } from '../support/configTool.js';
import { featureCase } from '../support/featureCase.js';
import { parseFixture } from '../support/fixture.js';
import { memoryHost } from '../support/memoryHost.js';

/** Projects of one or two files: what docker compose makes of our text must be what it makes of theirs. */
const cases: readonly string[] = [
  'services:\n  a:\n    image: x:${TAG:-1}\n    command: echo $$HOME\n    environment: [A=1, B=2]\n#- /compose.override.yaml\nservices:\n  a:\n    environment: { B: three, C: "yes" }\n',
  'services:\n  a:\n    image: x\n    command: [a, b]\n    ports: ["80:80", "90"]\n    volumes: ["./a:/x", "d:/y"]\nvolumes: { d: }\n#- /compose.override.yaml\nservices:\n  a:\n    command: c d\n    ports: ["80:80", "81:80"]\n    volumes: ["./b:/x"]\n',
  'services:\n  a:\n    image: x\n    dns: [1.1.1.1]\n    healthcheck: { test: [CMD, a], interval: 5s }\n#- /compose.override.yaml\nservices:\n  a:\n    dns: !override [8.8.8.8]\n    healthcheck: { test: [CMD, b] }\n',
  'services:\n  a:\n    image: x\n    depends_on: [b]\n    networks: [n]\n  b: { image: y }\nnetworks: { n: , m: }\n#- /compose.override.yaml\nservices:\n  a:\n    depends_on: { b: { condition: service_healthy } }\n    networks: { m: { aliases: [q] } }\n',
  'services:\n  a:\n    image: x\n    logging: { driver: json-file, options: { max-size: 1m } }\n    labels: [a=1]\n#- /compose.override.yaml\nservices:\n  a:\n    logging: { options: { max-file: "3" } }\n    labels: { a: "2", b: "3" }\n',
  'services:\n  a:\n    extends: { file: base.yml, service: base }\n    environment: { C: "1" }\n#- /base.yml\nservices:\n  base:\n    image: x\n    environment: [A=1, C=2]\n    cap_add: [NET_ADMIN]\n',
  'include: [sub/compose.yaml]\nservices:\n  a: { image: x, secrets: [s], configs: [{ source: c, target: /etc/c }] }\nsecrets: { s: { file: ./s } }\nconfigs: { c: { content: "a\\nb" } }\n#- /sub/compose.yaml\nservices:\n  z: { image: z }\n',
  'x-common: &common\n  restart: "no"\n  environment: &env { A: "1", B: "010" }\nservices:\n  a:\n    <<: *common\n    image: x\n    environment:\n      <<: *env\n      B: "0x1F"\n      C: "1_000"\n',
];

/** Stacks of one file or several, as with `-c` again and again. */
const stacks: readonly (readonly string[])[] = [
  [readFileSync('test/fixtures/convert/everything.stack.yaml', 'utf8')],
  [
    'version: "3.9"\nx-env: &env { A: "1", B: "010" }\nservices:\n  a:\n    image: x:${TAG:-1}\n    command: echo $$HOME\n    environment: { <<: *env, C: "${UNSET:-}" }\n    deploy: { mode: global, placement: { constraints: ["node.role==worker"] } }\n',
  ],
  [
    'services:\n  a:\n    image: x\n    environment: [A=1, B=2]\n    ports: ["80:80"]\n    networks: [n]\n    deploy: { replicas: 2, update_config: { parallelism: 1, order: start-first } }\nnetworks: { n: }\nsecrets: { s: { external: true } }\n',
    'services:\n  a:\n    environment: { B: three }\n    ports: ["81:80"]\n    secrets: [s]\n    deploy: { replicas: 4 }\n  b: { image: y, healthcheck: { test: [CMD, a], interval: 5s } }\n',
  ],
];

const variables = { TAG: '2' };

function stackProject(files: readonly string[]): Project {
  const host = memoryHost(Object.fromEntries(files.map((text, at) => [`file:///${at}.yaml`, text])), variables);
  const workspace = new Workspace(host, rules, assert.fail);
  return workspace.check({ target: 'stack', files: files.map((_, at) => `file:///${at}.yaml`) }, { severity: {} })
    .project;
}

suite('effective configuration', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'longshore-effective-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [index, written] of cases.entries()) {
    test(`case ${index + 1} means the same to docker compose`, async () => {
      const here = join(folder, String(index));
      const [fixture] = parseFixture(written);
      for (const [path, text] of fixture?.files ?? []) {
        mkdirSync(dirname(join(here, path)), { recursive: true });
        writeFileSync(join(here, path), text);
      }
      const theirs = await printed('compose', { cwd: here });
      for (const path of ['/compose.yaml', '/compose.override.yaml']) rmSync(join(here, path), { force: true });
      writeFileSync(join(here, 'compose.yaml'), effectiveConfig(featureCase(written).checked.project));
      assert.equal(await printed('compose', { cwd: here }), theirs);
    });
  }

  for (const [index, files] of stacks.entries()) {
    test(`stack ${index + 1} means the same to docker stack`, async () => {
      const here = join(folder, `stack-${index}`);
      mkdirSync(here);
      const names = files.map((text, at) => {
        writeFileSync(join(here, `${at}.yaml`), text);
        return `${at}.yaml`;
      });
      const theirs = await printed('stack', { cwd: here, files: names, variables });
      writeFileSync(join(here, 'effective.yaml'), effectiveConfig(stackProject(files)));
      assert.equal(await printed('stack', { cwd: here, files: ['effective.yaml'], variables }), theirs);
    });
  }
});

async function printed(target: Target, question: Question): Promise<string> {
  const { accepted, stdout, stderr } = await askTool(target, question);
  assert.ok(accepted, stderr);
  return stdout;
}
