import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { locate } from '../../../server/src/compose/features/locate.js';
import { readSource } from '../../../server/src/compose/syntax/source.js';
import { takeCursor } from '../../support/fixture.js';

/** `parent | slot | typed | word`, paths with dots; `-` for none. */
function look(marked: string): string {
  const { text, offset } = takeCursor(marked);
  const found = locate(readSource('file:///compose.yaml', text), offset);
  if (!found) return 'nothing';
  const path = (it: readonly (string | number)[] | undefined): string => (it ? it.join('.') || '/' : '-');
  return `${path(found.parent)} | ${path(found.slot)} | ${found.typed} | ${text.slice(found.word.start, found.word.end)}`;
}

const cases: readonly (readonly [title: string, text: string, expected: string])[] = [
  ['an empty file', '$0', '/ | / |  | '],
  ['a text that begins with an empty line', '\n$0', '/ | / |  | '],
  ['the start of such a text', '$0\n\na: 1', '/ | / |  | '],
  ['a key being typed at the top', 'ser$0', '/ | / | ser | ser'],
  ['a key at the top below others', 'services:\n  web:\n    image: a\nvol$0\n', '/ | / | vol | vol'],
  ['the first line below a section', 'services:\n  $0', 'services | services |  | '],
  ['an empty line in a service', 'services:\n  web:\n    image: a\n    $0\n', 'services.web | services.web |  | '],
  [
    'an empty line between services',
    'services:\n  web:\n    image: a\n    $0\n  api:\n    image: b\n',
    'services.web | services.web |  | ',
  ],
  ['a half-typed key', 'services:\n  web:\n    im$0\n', 'services.web | services.web | im | im'],
  [
    'a half-typed key above others',
    'services:\n  web:\n    he$0\n    image: a\n',
    'services.web | services.web | he | he',
  ],
  ['in the middle of a key', 'services:\n  web:\n    im$0age: a\n', 'services.web | - | im | image'],
  ['behind a colon', 'services:\n  web:\n    restart: $0\n', '- | services.web.restart |  | '],
  ['a value being typed', 'services:\n  web:\n    restart: al$0ways # why\n', '- | services.web.restart | al | always'],
  ['a quoted value', 'services:\n  web:\n    restart: "al$0"\n', '- | services.web.restart | al | al'],
  ['an unclosed quote', 'services:\n  web:\n    restart: "al$0\n', '- | services.web.restart | al | al'],
  ['directly behind the colon', 'services:\n  web:\n    restart:$0\n', 'nothing'],
  [
    'below a list key',
    'services:\n  web:\n    depends_on:\n      $0\n',
    'services.web.depends_on | services.web.depends_on |  | ',
  ],
  [
    'an item of a list',
    'services:\n  web:\n    depends_on:\n      - $0\n',
    'services.web.depends_on.0 | services.web.depends_on.0 |  | ',
  ],
  [
    'an item in the column of its key',
    'services:\n  web:\n    depends_on:\n    - d$0\n',
    'services.web.depends_on.0 | services.web.depends_on.0 | d | d',
  ],
  [
    'a line among items',
    'services:\n  web:\n    depends_on:\n      - db\n      $0\n',
    '- | services.web.depends_on |  | ',
  ],
  [
    'a mapping in a list',
    'services:\n  web:\n    ports:\n      - target: 80\n        pu$0\n',
    'services.web.ports.0 | services.web.ports.0 | pu | pu',
  ],
  [
    'the key behind a dash',
    'services:\n  web:\n    ports:\n      - ta$0\n',
    'services.web.ports.0 | services.web.ports.0 | ta | ta',
  ],
  [
    'a value behind a dash',
    'services:\n  web:\n    volumes:\n      - type: $0\n',
    '- | services.web.volumes.0.type |  | ',
  ],
  ['a dash alone', 'services:\n  web:\n    ports:\n      -$0\n', 'services.web.ports.0 | services.web.ports.0 |  | '],
  [
    'a flow list',
    'services:\n  web:\n    depends_on: [$0]\n',
    'services.web.depends_on.0 | services.web.depends_on.0 |  | ',
  ],
  [
    'the second item of a flow list',
    'services:\n  web:\n    depends_on: [db, ca$0]\n',
    'services.web.depends_on.0 | services.web.depends_on.0 | ca | ca',
  ],
  [
    'an unclosed flow list',
    'services:\n  web:\n    depends_on: [db, $0\n    image: a\n',
    'services.web.depends_on.0 | services.web.depends_on.0 |  | ',
  ],
  [
    'a quoted flow item',
    'services:\n  web:\n    profiles: ["de$0"]\n',
    'services.web.profiles.0 | services.web.profiles.0 | de | de',
  ],
  ['a key in a flow mapping', 'services:\n  web:\n    deploy: { re$0 }\n', 'services.web.deploy | - | re | re'],
  ['a value in a flow mapping', 'services:\n  web:\n    deploy: { mode: $0 }\n', '- | services.web.deploy.mode |  | '],
  [
    'a list in a mapping in a list',
    'services:\n  web:\n    gpus:\n      - { driver: nvidia, capabilities: [g$0] }\n',
    'services.web.gpus.0.capabilities.0 | services.web.gpus.0.capabilities.0 | g | g',
  ],
  [
    'a flow mapping over lines',
    'services:\n  web:\n    deploy: {\n      mode: global,\n      en$0\n    }\n',
    'services.web.deploy | - | en | en',
  ],
  [
    'a line below an unclosed bracket',
    'services:\n  web:\n    ports: [80\n    re$0\n',
    'services.web | services.web | re | re',
  ],
  ['a comment', 'services:\n  # we$0b\n', 'nothing'],
  ['a comment behind a value', 'services:\n  web:\n    image: a # b$0\n', 'nothing'],
  ['a block text', 'services:\n  web:\n    command: |\n      ech$0o\n', 'nothing'],
  ['a colon in a word', 'services:\n  web:\n    image: nginx:1.$0\n', '- | services.web.image | nginx:1. | nginx:1.'],
  [
    'a mount',
    'services:\n  web:\n    volumes:\n      - data:/va$0\n',
    'services.web.volumes.0 | services.web.volumes.0 | data:/va | data:/va',
  ],
  ['a variable', 'services:\n  web:\n    image: "a:${TA$0}"\n', '- | services.web.image | a:${TA | a:${TA}'],
  ['an anchored value', 'services:\n  web: &w\n    im$0\n', 'services.web | services.web | im | im'],
  ['a quoted key above', 'services:\n  "web":\n    im$0\n', 'services.web | services.web | im | im'],
  ['a broken line above', 'services:\n  web:\n    image nginx\n    re$0\n', 'services.web | services.web | re | re'],
  ['a tab above', 'services:\n  web:\n\timage: a\n    re$0\n', 'services.web | services.web | re | re'],
  ['a second document', 'services: {}\n---\nservices:\n  web:\n    im$0\n', 'services.web | services.web | im | im'],
];

suite('locate', () => {
  for (const [title, text, expected] of cases) test(title, () => assert.equal(look(text), expected));

  test('the other keys of the mapping', () => {
    const { text, offset } = takeCursor('services:\n  web:\n    image: a\n    $0\n    build:\n      target: x\n');
    const found = locate(readSource('file:///compose.yaml', text), offset);
    assert.deepEqual(found?.siblings, [
      { key: 'image', value: 'a' },
      { key: 'build', value: '' },
    ]);
  });

  test('the other keys of a mapping in a list', () => {
    const { text, offset } = takeCursor('x:\n  - a: 1\n    b: 2\n  - type: bind\n    $0\n    c: 3\n  - d: 4\n');
    const found = locate(readSource('file:///compose.yaml', text), offset);
    assert.deepEqual(
      found?.siblings.map(({ key }) => key),
      ['type', 'c'],
    );
  });
});
