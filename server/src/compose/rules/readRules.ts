import { targets } from '../target.js';
import type { ReportedRule } from './rule.js';

const read = { scope: 'read', severity: 'error', targets } as const;

/** What is found while files are read and brought together. */
export const readRules: readonly ReportedRule[] = [
  {
    ...read,
    id: 'yaml-syntax',
    docs: {
      summary: 'The text is not YAML.',
      why: 'Both tools stop at the first line they cannot read, and often name another line than the one at fault.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n   ports: ["80:80"]\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["80:80"]\n',
      tool: 'yaml: line 3: did not find expected key',
    },
  },
  {
    ...read,
    id: 'yaml-tab',
    docs: {
      summary: 'A tab indents a line.',
      why: 'YAML knows only spaces for indentation, because a tab is as wide as each editor likes.',
      bad: 'services:\n  web:\n\t\timage: nginx:1.27\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n',
      tool: 'yaml: line 3: found character that cannot start any token',
    },
  },
  {
    ...read,
    id: 'file-too-large',
    severity: 'warning',
    docs: {
      summary: 'A file, or a part of one, is too large or nested too deeply to be checked.',
      why: 'Over 8 million characters in a file, 1.5 million in one service, or nesting by the thousand are left alone, so that the editor stays quick. The tools may still take them.',
      bad: `services:\n  web:\n    image: nginx:1.27\nx-deep: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
      good: 'services:\n  web:\n    image: nginx:1.27\nx-deep: [[]]\n',
    },
  },
  {
    ...read,
    id: 'duplicate-key',
    docs: {
      summary: 'The same key stands twice in one mapping.',
      why: 'Only one of the two could win, so both tools refuse the file.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    image: nginx:1.28\n',
      good: 'services:\n  web:\n    image: nginx:1.28\n',
      tool: 'mapping key "image" already defined at line 3',
    },
  },
  {
    ...read,
    id: 'yaml-key',
    docs: {
      summary: 'A key is not a plain text.',
      why: 'Numbers, booleans, null and whole mappings cannot be keys here. The classic case is a Go template without quotes.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    hostname: {{.Node.Hostname}}\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    hostname: "{{.Node.Hostname}}"\n',
      tool: 'yaml: invalid map key: map[string]interface {}{".Node.Hostname":interface {}(nil)}',
    },
  },
  {
    ...read,
    id: 'unknown-anchor',
    docs: {
      summary: 'An alias names an anchor that does not stand before it.',
      why: 'YAML reads from top to bottom: `*name` can only repeat an `&name` above it. A text that begins with `*` needs quotes.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    environment: *common\n',
      good: 'x-common: &common { A: "1" }\nservices:\n  web:\n    image: nginx:1.27\n    environment: *common\n',
      tool: "yaml: unknown anchor 'common' referenced",
    },
  },
  {
    ...read,
    id: 'alias-cycle',
    docs: {
      summary: 'An anchor contains itself, or expands beyond measure.',
      why: 'The tools refuse such a file, as its values would have no end.',
      bad: 'x-a: &a [*a]\nservices:\n  web:\n    image: nginx:1.27\n',
      good: 'x-a: &a [1]\nservices:\n  web:\n    image: nginx:1.27\n',
      tool: "yaml: anchor 'a' value contains itself",
    },
  },
  {
    ...read,
    id: 'merge-key',
    docs: {
      summary: '`<<` merges something that is no mapping.',
      why: 'A merge key adds the keys of a mapping, or of each mapping in a list, to the one it stands in.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    <<: text\n',
      good: 'x-base: &base { restart: always }\nservices:\n  web:\n    image: nginx:1.27\n    <<: *base\n',
      tool: 'yaml: map merge requires map or sequence of maps as the value',
    },
  },
  {
    ...read,
    id: 'interpolation',
    docs: {
      summary: 'A `$` begins something that is no variable.',
      why: 'Values are interpolated before anything else. A dollar that is meant literally is written `$$`; docker stack insists on it everywhere.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    command: echo ${1}\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    command: echo $${1}\n',
      tool: 'invalid interpolation format for services.web.command',
    },
  },
  {
    ...read,
    id: 'interpolation-trap',
    severity: 'warning',
    docs: {
      summary: 'The tool reads a variable in another way than it looks.',
      why: 'docker stack knows no nested defaults: `${A:-${B:-c}}` gives the literal text `${B:-c}`.',
      bad: '# longshore: target=stack\nservices:\n  web:\n    image: nginx:${TAG:-${FALLBACK:-1.27}}\n',
      good: '# longshore: target=stack\nservices:\n  web:\n    image: nginx:${TAG:-1.27}\n',
    },
  },
  {
    ...read,
    id: 'variable-required',
    severity: 'warning',
    stops: true,
    docs: {
      summary: 'A variable that must be set is not.',
      why: '`${NAME:?message}` makes the tool stop when the variable is missing. It was looked for in the environment and, for docker compose, in `.env`.',
      bad: 'services:\n  web:\n    image: nginx:${LONGSHORE_DOCS_TAG:?choose a tag}\n',
      good: 'services:\n  web:\n    image: nginx:${LONGSHORE_DOCS_TAG:-1.27}\n',
      tool: 'required variable LONGSHORE_DOCS_TAG is missing a value: choose a tag',
    },
  },
  {
    ...read,
    id: 'variable-unset',
    severity: 'info',
    docs: {
      summary: 'A variable has neither a value nor a default.',
      why: 'It becomes an empty text. docker compose prints a warning, docker stack says nothing.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      MODE: ${LONGSHORE_DOCS_MODE}\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      MODE: ${LONGSHORE_DOCS_MODE:-fast}\n',
      tool: 'The "LONGSHORE_DOCS_MODE" variable is not set. Defaulting to a blank string.',
    },
  },
  {
    ...read,
    id: 'include-target',
    targets: ['compose'],
    docs: {
      summary: 'An included file cannot be read.',
      why: 'docker compose reads every included file before anything else and stops when one is missing or includes itself.',
      bad: 'include: [missing/compose.yaml]\nservices:\n  web:\n    image: nginx:1.27\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n',
      tool: 'open …/missing/compose.yaml: no such file or directory',
    },
  },
  {
    ...read,
    id: 'include-conflict',
    targets: ['compose'],
    docs: {
      summary: 'A name is declared here and in an included file.',
      why: 'Up to docker compose 2.40 an included file and its includer may not declare the same thing; from 5.0 on they are merged.',
      bad: 'include: [./base.yaml]\nservices:\n  web:\n    image: nginx:1.28\n#- /base.yaml\nservices:\n  web:\n    image: nginx:1.27\n',
      good: 'include: [./base.yaml]\nservices:\n  proxy:\n    image: nginx:1.28\n#- /base.yaml\nservices:\n  web:\n    image: nginx:1.27\n',
      tool: 'services.web conflicts with imported resource',
    },
  },
  {
    ...read,
    id: 'override-conflict',
    targets: ['compose'],
    docs: {
      summary: 'What one file says cannot be laid over what another one says.',
      why: 'docker compose merges files, YAML documents and extended services value by value. It stops where a mapping meets a list, and where a few attributes are empty in one of them.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    gpus: [{ count: 1 }]\n#- /compose.override.yaml\nservices:\n  web:\n    gpus: all\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    gpus: [{ count: 1 }]\n#- /compose.override.yaml\nservices:\n  web:\n    gpus: !override all\n',
      tool: 'cannot override services.web.gpus',
    },
  },
  {
    ...read,
    id: 'extends-target',
    targets: ['compose'],
    docs: {
      summary: 'The service to extend is not there.',
      why: 'docker compose copies the extended service before anything else and stops when it is missing or extends itself.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    extends:\n      service: base\n',
      good: 'services:\n  base:\n    image: nginx:1.27\n  web:\n    extends:\n      service: base\n',
      tool: 'cannot extend service "web" in compose.yaml: service "base" not found',
    },
  },
];
