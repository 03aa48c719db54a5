import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { definition } from '../../../server/src/compose/features/definition.js';
import { references } from '../../../server/src/compose/features/references.js';
import { prepareRename, rename } from '../../../server/src/compose/features/rename.js';
import type { Place } from '../../../server/src/compose/model/value.js';
import { placeOf } from '../../../server/src/compose/syntax/source.js';
import { featureCase, type FeatureCase } from '../../support/featureCase.js';

/** `compose.yaml:3 web` for a place: line and text. */
function shown({ checked }: FeatureCase, { block, start, end }: Place): string {
  const source = checked.project.files.get(block.uri)?.source;
  const line = source && placeOf(source, block)?.line;
  const inside = block.text.slice(0, start).split('\n').length;
  return `${block.uri.slice('file:///project/'.length)}:${(line ?? NaN) + inside} ${block.text.slice(start, end)}`;
}

const project = `services:
  web:
    image: nginx
    depends_on: [db]
    network_mode: "service:db"
    volumes: ["data:/data", { type: volume, source: data, target: /x }]
  d$0b:
    image: postgres
    profiles: [dev]
    secrets: [ { source: password } ]
volumes:
  data:
secrets:
  password: { file: ./p }
#- /compose.override.yaml
services:
  db:
    volumes: [data:/var/lib]
  web:
    links: ["db:database"]
`;

suite('names', () => {
  test('references of a service, in every file', () => {
    const it = featureCase(project);
    const found = references(it.checked.project, it.uri, it.offset).map(({ at }) => shown(it, at));
    assert.deepEqual(found, [
      'compose.yaml:4 db',
      'compose.yaml:5 db',
      'compose.yaml:7 db',
      'compose.override.yaml:2 db',
      'compose.override.yaml:5 db',
    ]);
  });

  test('references of a service that builds a context', () => {
    const it = featureCase(
      'services:\n  web:\n    build:\n      additional_contexts: { base: "service:db" }\n  d$0b:\n    build: .\n',
    );
    const found = references(it.checked.project, it.uri, it.offset).map(({ at }) => shown(it, at));
    assert.deepEqual(found, ['compose.yaml:4 db', 'compose.yaml:5 db']);
  });

  for (const [title, from, to] of [
    ['a dependency', ['depends_on: [db]', 'depends_on: [d$0b]'], ['compose.yaml:7 db', 'compose.override.yaml:2 db']],
    ['a namespace', ['service:db', 'service:d$0b'], ['compose.yaml:7 db', 'compose.override.yaml:2 db']],
    ['a volume', ['data:/data', 'da$0ta:/data'], ['compose.yaml:12 data']],
    ['a secret', ['source: password', 'source: pass$0word'], ['compose.yaml:14 password']],
    [
      'a context that another service builds',
      ['image: nginx', 'build: { context: ., additional_contexts: ["db=service:d$0b"] }'],
      ['compose.yaml:7 db', 'compose.override.yaml:2 db'],
    ],
    ['what is no name', ['image: nginx', 'image: ng$0inx'], []],
  ] as const) {
    test(`definition of ${title}`, () => {
      const it = featureCase(project.replace('d$0b', 'db').replace(from[0], from[1]));
      assert.deepEqual(
        definition(it.checked.project, it.uri, it.offset).map((at) => shown(it, at)),
        to,
      );
    });
  }

  test('an alias means the last anchor before it', () => {
    const it = featureCase('x-a: &a {}\nx-b: &a []\nservices:\n  web:\n    labels: *$0a\nx-c: &a {}\n');
    assert.deepEqual(
      definition(it.checked.project, it.uri, it.offset).map((at) => shown(it, at)),
      ['compose.yaml:2 a'],
    );
  });

  test('an extended file keeps its names to itself', () => {
    const it = featureCase(
      'services:\n  web:\n    extends: { file: base.yml, service: ba$0se }\n  base:\n    image: a\n#- /base.yml\nservices:\n  base:\n    image: nginx\n',
    );
    assert.deepEqual(
      definition(it.checked.project, it.uri, it.offset).map((at) => shown(it, at)),
      ['base.yml:2 base'],
    );
    assert.equal(references(it.checked.project, it.uri, it.offset).length, 2);
  });

  for (const [title, written, to] of [
    [
      'a service, from the file that includes it',
      'include: [other.yaml]\nservices:\n  web:\n    image: a\n    depends_on: [d$0b]\n#- /other.yaml\nservices:\n  db:\n    image: b\n',
      ['compose.yaml:5 db', 'other.yaml:2 db'],
    ],
    [
      'a network, from the file that is included',
      'include: [other.yaml]\nservices:\n  web:\n    image: a\n    networks: [front]\n#- /other.yaml\nnetworks:\n  fr$0ont:\n',
      ['compose.yaml:5 front', 'other.yaml:2 front'],
    ],
    [
      'an anchor, from its alias, over a fragment of a stack',
      '#== [stack] x\nx-a: &common\n  image: a\nservices:\n  web: { <<: *com$0mon }\n  api:\n    <<: [*common]\n',
      ['stack.yaml:1 common', 'stack.yaml:4 common', 'stack.yaml:6 common'],
    ],
    [
      'a profile',
      'services:\n  web:\n    image: a\n    profiles: [d$0ev]\n  api:\n    image: a\n    profiles: [dev, x]\n',
      ['compose.yaml:4 dev', 'compose.yaml:7 dev'],
    ],
    [
      'a config of a stack',
      '#== [stack] x\nservices:\n  web:\n    image: a\n    configs: [{ source: site }]\nconfigs:\n  si$0te: { file: ./s }\n',
      ['stack.yaml:4 site', 'stack.yaml:6 site'],
    ],
    [
      'a network that a fragment names',
      'x-a: &a\n  networks: [front]\nservices:\n  web:\n    image: a\n    <<: *a\nnetworks:\n  fr$0ont:\n',
      ['compose.yaml:2 front', 'compose.yaml:8 front'],
    ],
  ] as const) {
    test(`references of ${title}`, () => {
      const it = featureCase(written);
      const found = references(it.checked.project, it.uri, it.offset).map(({ at }) => shown(it, at));
      assert.deepEqual([...found].sort(), to);
      const names = rename(it.checked.project, it.uri, it.offset, 'other');
      assert.equal('edits' in names && names.edits.length, to.length);
    });
  }

  test('rename writes over the name alone', () => {
    const it = featureCase(project);
    const result = rename(it.checked.project, it.uri, it.offset, 'database');
    assert.ok('edits' in result);
    assert.equal(result.edits.length, 5);
    assert.ok(result.edits.every(({ at, text }) => at.end - at.start === 2 && text === 'database'));
  });

  test('rename is refused where it makes no sense', () => {
    const it = featureCase(project);
    const refused = (name: string): unknown => rename(it.checked.project, it.uri, it.offset, name);
    assert.deepEqual(refused('web'), { refused: 'There is a service `web` already.' });
    assert.deepEqual(refused('a b'), {
      refused: '`a b` cannot be the name of a service: use letters, digits, `.`, `_` and `-`.',
    });
    const filledIn = featureCase(project.replace('[db]', '["${DB}"]') + '#- /.env\nDB=db\n');
    assert.deepEqual(rename(filledIn.checked.project, filledIn.uri, filledIn.offset, 'store'), {
      refused: '`"${DB}"` stands for `db` too: change its variable, then rename the rest.',
    });
    const variable = featureCase('services:\n  web:\n    image: a:${T$0AG}\n#- /.env\nTAG=1\n');
    assert.equal(prepareRename(variable.checked.project, variable.uri, variable.offset), undefined);
    const image = featureCase(project.replace('d$0b', 'db').replace('nginx', 'ng$0inx'));
    assert.equal(prepareRename(image.checked.project, image.uri, image.offset), undefined);
    const unknown = featureCase('services:\n  web:\n    image: a\n    networks: [no$0pe]\n');
    assert.equal(prepareRename(unknown.checked.project, unknown.uri, unknown.offset), undefined);
  });
});
