import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { completion } from '../../../server/src/compose/features/completion.js';
import { documentationOf, type CompletionItem } from '../../../server/src/compose/features/completionItem.js';
import { featureCase } from '../../support/featureCase.js';

/** Cases of `#> offered, offered (detail)`, `#! not offered` and `#1 the best, the next`; what begins with a dash or a quote is compared with the text. */
const cases = readFileSync('test/fixtures/completions.yaml', 'utf8')
  .split(/^(?=#== )/m)
  .map((written) => ({
    title: /^#== (.*)$/m.exec(written)?.[1] ?? '',
    text: written.replace(/^#[>!1] .*\n?/gm, ''),
    offered: lists(written, '>'),
    absent: lists(written, '!'),
    best: lists(written, '1'),
  }));

function lists(written: string, mark: string): readonly string[] {
  return [...written.matchAll(new RegExp(`^#${mark} (.*)$`, 'gm'))].flatMap(([, list = '']) => list.split(/, /));
}

function shown(item: CompletionItem, like: string): string {
  const text = /^["-]/.test(like) ? item.insert : item.label;
  return / \(.*\)$/.test(like) ? `${text} (${item.detail})` : text;
}

function complete(written: string): { readonly items: readonly CompletionItem[]; accept(label: string): string } {
  const { world, text, offset } = featureCase(written);
  const items = completion(world, offset);
  return {
    items,
    accept(label) {
      const item = items.find((it) => it.label === label);
      if (!item) throw new Error(`${label} is not offered.`);
      const { start, end } = item.replace;
      return text.slice(0, start) + item.insert + text.slice(end);
    },
  };
}

suite('completion', () => {
  test('knows at least 60 positions', () => assert.ok(cases.length >= 60));

  for (const { title, text, offered, absent, best } of cases) {
    test(title, () => {
      const { items } = complete(title.includes('CRLF') ? text.replaceAll('\n', '\r\n') : text);
      const missing = offered.filter((it) => !items.some((item) => shown(item, it) === it));
      const labels = items.map(({ label }) => label);
      assert.deepEqual(missing, [], `Offered are: ${items.map((it) => shown(it, '- (x)')).join(', ')}`);
      assert.deepEqual(
        absent.filter((it) => labels.includes(it)),
        [],
      );
      assert.ok(items.length > 0 || offered.length === 0);
      assert.deepEqual(labels.slice(0, best.length), best);
    });
  }

  for (const [title, before, label, after] of [
    [
      'a mapping begins a line further in',
      'services:\n    web:\n        de$0',
      'deploy',
      'services:\n    web:\n        deploy:\n            $0',
    ],
    ['a list begins with a dash', 'services:\n  web:\n    po$0', 'ports', 'services:\n  web:\n    ports:\n      - $0'],
    ['a scalar stays on the line', 'services:\n  web:\n    im$0', 'image', 'services:\n  web:\n    image: $0'],
    ['a key in braces', 'services:\n  web: { de$0 }', 'deploy', 'services:\n  web: { deploy: { $0 } }'],
    ['a list in braces', 'services:\n  web: { po$0 }', 'ports', 'services:\n  web: { ports: [$0] }'],
    ['a key that has its colon', 'services:\n  web:\n    im$0: a', 'image', 'services:\n  web:\n    image: a'],
    [
      'below a dash',
      'services:\n  web:\n    gpus:\n      - dev$0',
      'device_ids',
      'services:\n  web:\n    gpus:\n      - device_ids:\n          - $0',
    ],
    [
      'a whole value',
      'services:\n  web:\n    restart: al$0ways # why',
      'unless-stopped',
      'services:\n  web:\n    restart: unless-stopped # why',
    ],
    ['a word that needs quotes', 'services:\n  web:\n    restart: $0', 'no', 'services:\n  web:\n    restart: "no"'],
    [
      'the source of a mount',
      'services:\n  web:\n    volumes: ["d$0:/x"]\nvolumes:\n  data:',
      'data',
      'services:\n  web:\n    volumes: ["data:/x"]\nvolumes:\n  data:',
    ],
    [
      'behind a dash that has no blank yet',
      'services:\n  web:\n    gpus:\n      -$0',
      'device_ids',
      'services:\n  web:\n    gpus:\n      - device_ids:\n          - $0',
    ],
    [
      'an item of a list of mappings that has not begun',
      'services:\n  web:\n    post_start:\n      $0',
      '- command',
      'services:\n  web:\n    post_start:\n      - command: $0',
    ],
    ['a list behind its key', 'services:\n  web:\n    cap_drop: $0', '[ALL]', 'services:\n  web:\n    cap_drop: [ALL]'],
    [
      'a value before a comment',
      'services:\n  web:\n    restart: $0 # why',
      'always',
      'services:\n  web:\n    restart: always # why',
    ],
    [
      'a dependency with its condition',
      'services:\n  web:\n    depends_on:\n      d$0\n  db: {}',
      'db',
      'services:\n  web:\n    depends_on:\n      db:\n        condition: $0\n  db: {}',
    ],
    [
      'a dependency with its condition, in braces',
      'services:\n  web:\n    depends_on: { $0 }\n  db: {}',
      'db',
      'services:\n  web:\n    depends_on: { db: { condition: $0 } }\n  db: {}',
    ],
    [
      'the health check that comes with an image',
      'services:\n  db:\n    image: postgres:17\n    healthcheck:\n      test: $0',
      '["CMD-SHELL", "pg_isready -U postgres"]',
      'services:\n  db:\n    image: postgres:17\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U postgres"]',
    ],
    [
      'a placeholder of a swarm',
      '#== [stack] x\nservices:\n  web:\n    hostname: "web-{{.Ta$0}}"',
      '{{.Task.Slot}}',
      'services:\n  web:\n    hostname: "web-{{.Task.Slot\\}\\}"',
    ],
    [
      'the default of a variable',
      'services:\n  web:\n    restart: ${R:-al$0}',
      'no',
      'services:\n  web:\n    restart: ${R:-no}',
    ],
    [
      'a variable of .env as a key in braces',
      'services:\n  web:\n    environment: { $0 }\n#- /.env\nTAG=1',
      'TAG',
      'services:\n  web:\n    environment: { TAG: \\${TAG\\} }',
    ],
    [
      'a variable without braces',
      'services:\n  web:\n    image: a:$T$0\n#- /.env\nTAG=1',
      'TAG',
      'services:\n  web:\n    image: a:${TAG\\}',
    ],
    [
      'a variable in braces',
      'services:\n  web:\n    image: a:${T$0}\n#- /.env\nTAG=1',
      'TAG',
      'services:\n  web:\n    image: a:${TAG}',
    ],
  ] as const) {
    test(`writes: ${title}`, () => assert.equal(complete(before).accept(label).trimEnd(), after));
  }

  for (const [title, written, label, expected] of [
    [
      'a service',
      'services:\n  web:\n    depends_on: [$0]\n  db:\n    image: a\n    environment:\n      TOKEN: b\n',
      'db',
      '```yaml\ndb:\n  image: a\n  environment:\n    TOKEN: ••••••\n```',
    ],
    [
      'a network, as a key',
      'services:\n  web:\n    networks:\n      $0\nnetworks:\n  front: { internal: true }\n',
      'front',
      '```yaml\nfront: { internal: true }\n```',
    ],
    [
      'a service of another file',
      'services:\n  web:\n    extends: { file: base.yml, service: $0 }\n#- /base.yml\nservices:\n  base:\n    image: a\n',
      'base',
      '```yaml\nbase:\n  image: a\n```',
    ],
    [
      'an anchor',
      'services:\n  api:\n    labels: &names\n      a: b\n    tty: true\n  web:\n    labels: *$0\n',
      '*names',
      '```yaml\nlabels: &names\n  a: b\n```',
    ],
  ] as const) {
    test(`${title} is shown as it is declared`, () => {
      const { items } = complete(written);
      const item = items.find((it) => it.label === label);
      assert.equal(item && documentationOf(item), expected);
    });
  }

  test('a value of a stack ignored key carries its documentation', () => {
    const { items } = complete('#== [stack]\nservices:\n  web:\n    res$0');
    const restart = items.find(({ label }) => label === 'restart');
    assert.match((restart && documentationOf(restart)) ?? '', /\| docker compose \| docker stack \|/);
  });
});
