import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hover } from '../../../server/src/compose/features/hover.js';
import { featureCase } from '../../support/featureCase.js';

function hovered(written: string): string {
  const { checked, uri, offset } = featureCase(written);
  return hover(checked.project, uri, offset, checked.variables)?.text ?? '';
}

const service = (body: string): string => `services:\n  web:\n    ${body}\n`;

suite('hover', () => {
  for (const [title, written, expected] of [
    [
      'a key',
      service('depl$0oy: {}'),
      /^\*\*deploy\*\*: mapping or nothing\n\n.*[\s\S]*\| docker compose \| docker stack \|/,
    ],
    ['since when', service('g$0pus: all'), /since 2\.30 \| refused/],
    ['the words of a key', service('re$0start: always'), /- `unless-stopped`/],
    ['a variable that has to be set', service('image: ${T$0AG:?which}'), /^- `TAG` is not set, and has to be$/],
    ['a tag', service('ports: !re$0set null'), /^\*\*!reset\*\*\n\nTakes away/],
    ['an extension', 'x-a$0: &a { tty: true }\nservices:\n  web: *a\n', /^An extension/],
    [
      'an anchor',
      'x-a: &a$0a { tty: true }\nx-b: &b { tty: true }\nservices:\n  web: *aa\n  api:\n    <<: *aa\n',
      /^Used by `\*aa` in 2 places\.$/,
    ],
    ['an anchor without use', 'x-a: &a$0a { tty: true }\nservices:\n  web: {}\n', /^Nothing uses/],
    [
      'a profile',
      'services:\n  web:\n    profiles: [de$0v]\n  api:\n    profiles: [dev, x]\n  db: {}\n',
      /^Services with the profile `dev`: `web`, `api`\.$/,
    ],
    [
      'a constraint',
      `#== [stack] x\n${service('deploy: { placement: { constraints: ["node.labels.gp$0u != a"] } }')}`,
      /^Not on nodes whose label `gpu` is `a`\.$/,
    ],
    ['a duration', service('stop_grace_period: 1m3$00s'), /^1 minute 30 seconds\.$/],
    ['a size', service('mem_limit: 5$012m'), /^512 MiB \(536,870,912 bytes\)\.$/],
    [
      'a port',
      service('ports: ["127.0.0.1:80$080:80/udp"]'),
      /^Port 8080 of `127\.0\.0\.1` leads to port 80 of the container \(UDP\)\.$/,
    ],
    ['a range of ports', service('ports: ["8080-80$089:80"]'), /^A free port from 8080 to 8089 of every address/],
    ['a free port', service('ports: ["$080"]'), /^A free port of the host leads to port 80/],
    [
      'a mount',
      service('volumes: ["./ht$0ml:/usr/share:ro"]'),
      /^`.\/html` of the host as `\/usr\/share` in the container, read-only\.$/,
    ],
    [
      'a variable',
      `${service('image: ng$0inx:${TAG}')}#- /.env\nTAG=1.30\n`,
      /^Becomes `nginx:1\.30`\n\n- `TAG` is `1\.30`, from `\.env`$/,
    ],
    [
      'a secret variable',
      `${service('command: run ${API_T$0OKEN}')}#- /.env\nAPI_TOKEN=abc\n`,
      /^Becomes `••••••`\n\n- `API_TOKEN` is `••••••`, from `\.env`$/,
    ],
    [
      'a stack port',
      `#== [stack] x\n${service('ports: ["127.0.0.1:80$080:80"]')}`,
      /^Port 8080 of every address of every node leads to port 80/,
    ],
    [
      'a key of a fragment',
      `x-common: &common\n  rest$0art: always\n${service('<<: *common')}`,
      /^\*\*restart\*\*: .*- `unless-stopped`/s,
    ],
    [
      'a value of a fragment',
      `x-limits: &limits\n  memory: 5$012m\n${service('deploy: { resources: { limits: *limits } }')}`,
      /^512 MiB/,
    ],
    ['an alias', `x-common: &common\n  restart: always\n${service('<<: *com$0mon')}`, /^```yaml\nx-common: &common\n/],
    ['what is refused', `#== [stack] x\n${service('dev$0elop: {}')}`, /since 2\.\d+ \| refused/],
    [
      'a network',
      `${service('networks: [fro$0nt]')}networks:\n  front:\n    driver: bridge\n`,
      /^```yaml\nfront:\n {2}driver: bridge\n```$/,
    ],
    [
      'a volume of a mount',
      `${service('volumes: ["da$0ta:/x"]')}volumes:\n  data:\n    driver: local\n`,
      /^Volume `data` as `\/x` in the container\.\n\n```yaml\ndata:\n {2}driver/,
    ],
    [
      'a config of a stack',
      `#== [stack] x\n${service('configs: [{ source: si$0te }]')}configs:\n  site: { file: ./site.conf }\n`,
      /^```yaml\nsite: \{ file: /,
    ],
    [
      'a service of an included file',
      `include: [other.yaml]\n${service('depends_on: [d$0b]')}#- /other.yaml\nservices:\n  db:\n    image: postgres\n`,
      /^```yaml\ndb:\n {2}image: postgres\n```$/,
    ],
    [
      'a service of an extended file',
      `${service('extends: { file: base.yml, service: ba$0se }')}#- /base.yml\nservices:\n  base:\n    image: a\n`,
      /^```yaml\nbase:\n {2}image: a\n```$/,
    ],
    [
      'a key below one that the other tool refuses',
      service('develop: { wat$0ch: [] }'),
      /\| since 2\.22 \| refused \|$/,
    ],
    [
      'a key below one that the other tool ignores',
      service('depends_on: { db: { cond$0ition: service_started } }'),
      /\| since 2\.0 \| refused \|$/,
    ],
    [
      'a key in a form that the other tool ignores',
      `#== [stack] x\n${service('build: { target: a, cont$0ext: b }')}`,
      /\| since 2\.0 \| ignored, with a warning \|/,
    ],
    ['the kinds of a value', service('comm$0and: []'), /^\*\*command\*\*: text, list or nothing\n/],
    ['the name of a service that is nowhere else', 'services:\n  w$0eb:\n    image: a\n', /^$/],
    [
      'a text of several lines',
      'services:\n  web:\n    command:\n      - |\n        e$0cho $$HOME\n        echo\n',
      /^Becomes\n\n```text\necho \$HOME\necho\n```$/,
    ],
    [
      'an empty variable',
      `${service('image: ${T$0AG:-}${TAG-1}')}#- /.env\nTAG=\n`,
      /^Becomes an empty text\n\n- `TAG` is empty, from `\.env`: its default counts\n- `TAG` is empty, from `\.env`$/,
    ],
    ['a default', service('image: a:${T$0AG:-1}'), /^Becomes `a:1`\n\n- `TAG` is not set: its default counts$/],
    ['a word', service('restart: al$0ways'), /./],
    ['a capability', service('cap_add: [NET_AD$0MIN]'), /^Configure interfaces/],
    ['a security option with a value', service('security_opt: ["secc$0omp=./list.json"]'), /^The list of system calls/],
    ['a namespace', service('ipc: share$0able'), /^One of its own that other/],
    [
      'a kernel parameter',
      service('sysctls: { net.core.soma$0xconn: 1 }'),
      /^\*\*net\.core\.somaxconn\*\*\n\nHow many connections/,
    ],
    ['an item with a kernel parameter', service('sysctls: ["net.core.soma$0xconn=1"]'), /^How many connections/],
    ['a limit', service('ulimits: { no$0file: 1024 }'), /^\*\*nofile\*\*\n\nHow many files/],
    ['a log option', service('logging: { options: { max-$0file: "3" } }'), /^\*\*max-file\*\*/],
    ['the value of a log option', service('logging: { options: { mode: non-blo$0cking } }'), /^What does not fit/],
    ['an option that is not known', service('logging: { options: { cus$0tom: a } }'), /^$/],
    [
      'a service elsewhere',
      `${service('depends_on: [d$0b]')}  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: abc\n`,
      /```yaml\ndb:\n {2}image: postgres\n.*\n {4}POSTGRES_PASSWORD: ••••••\n```/,
    ],
    [
      'a merge key',
      'x-a: &a\n  restart: always\n  image: a\n  environment:\n    TOKEN: x\n    LEVEL: y\nservices:\n  web:\n    <$0<: *a\n    image: b\n',
      /^\*\*<<\*\*: merges `\*a`\n\n```yaml\nrestart: always\nenvironment:\n {2}TOKEN: ••••••\n {2}LEVEL: y\n```\n\n`image`: what is written here stays\.$/,
    ],
    [
      'a merge key of several, one of which merges another',
      'x-a: &a { tty: true, image: a }\nx-b: &b\n  <<: *a\n  init: true\nx-c: &c { init: false, read_only: true }\nservices:\n  web:\n    <$0<: [*b, *c]\n    image: b\n',
      /^\*\*<<\*\*: merges `\*b`, then `\*c`\n\n```yaml\ninit: true\ntty: true\nread_only: true\n```\n\n`image`: /,
    ],
    [
      'a merge key that brings nothing',
      'x-a: &a { image: a }\nservices:\n  web: { <$0<: *a, image: b }\n',
      /^\*\*<<\*\*: merges `\*a`\n\nNothing comes in\.\n\n`image`: /,
    ],
    [
      'an alias of something within a service',
      'services:\n  web:\n    image: a\n    environment: &env\n      A: b\n    tty: true\n  api:\n    environment: *e$0nv\n',
      /^```yaml\nenvironment: &env\n {2}A: b\n```$/,
    ],
    ['an anchor', 'x-a: &a$0bc\n  tty: true\nservices:\n  web: *abc\n', /^Used by `\*abc` in one place\.$/],
    [
      'a service in two files',
      `${service('depends_on: [d$0b]')}  db: { image: b }\n#- /compose.override.yaml\nservices:\n  db:\n    tty: true\n`,
      /^`compose\.yaml`:\n```yaml\ndb: \{ image: b \}\n```\n\n`compose\.override\.yaml`:\n```yaml\ndb:\n {2}tty: true\n```$/,
    ],
    ['a service that is missing', service('depends_on: [n$0ope]'), /^No service `nope` is declared\.$/],
    ['the versions of the file format', '#== [stack]\nversion: "3.$08"\nservices: {}\n', /\| 3\.8 \| 19\.03 \|/],
    ['a plain value', service('image: ng$0inx'), /^$/],
  ] as const) {
    test(title, () => assert.match(hovered(written), expected));
  }
});
