import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { parseBytes } from '../../server/src/compose/model/bytes.js';
import { parseCommandLine } from '../../server/src/compose/model/commandLine.js';
import { parseDevice } from '../../server/src/compose/model/device.js';
import { parseDuration } from '../../server/src/compose/model/duration.js';
import { parseEnvFile, valuesOf, type EnvFormat } from '../../server/src/compose/model/envFile.js';
import { parseAssignment } from '../../server/src/compose/model/environment.js';
import { parseExtraHost } from '../../server/src/compose/model/extraHost.js';
import { parseTestVerb } from '../../server/src/compose/model/healthTest.js';
import { interpolate } from '../../server/src/compose/model/interpolation.js';
import { parseMount } from '../../server/src/compose/model/mount.js';
import { expandPort, parsePort } from '../../server/src/compose/model/port.js';
import { renderScalar } from '../../server/src/compose/syntax/yamlScalar.js';
import { targets, type Target } from '../../server/src/compose/target.js';
import { ask, environment, type PrintedService, type Question } from './grammarOracle.js';

// Compares each grammar with `docker compose config` and `docker stack config`: what is accepted, and what it means.

interface Grammar {
  readonly name: string;
  readonly targets?: readonly Target[];
  readonly texts: readonly string[];
  question(text: string): Question;
  /** What the text means, as a text; undefined where it is refused. */
  ours(text: string, target: Target): string | undefined;
  theirs(service: PrintedService, target: Target): string;
}

const quoted = JSON.stringify;

/** Every way to put one of each together. */
function combine(...pieces: readonly (readonly string[])[]): readonly string[] {
  return pieces.reduce((starts, ends) => starts.flatMap((start) => ends.map((end) => start + end)), ['']);
}

const commandLines: Grammar = {
  name: 'command lines',
  texts: [
    ...combine(
      ['echo '],
      ['a', '"a b"', "'a b'", '`a b`', '$$(a b)', '(a)', 'a)', '#a'],
      ['', ';b', ' && b', '>b', '2>b', ' b'],
    ),
    ...combine(
      ['echo '],
      ['"', "'", '`', '$$(', '(', ')', '\\'],
      ['', 'a', 'a"', "a'", 'a`', 'a)', ' a b'],
      ['', ' c'],
    ),
    ...[
      '',
      ' ',
      'a\\ b',
      'a\\tb\\nc',
      "'a\\'b'",
      '"a\\"b"',
      'a""b',
      '""',
      "''",
      'a # b',
      'a\nb',
      'a\tb',
      '"a\nb"',
      'a 2>&1',
      '2>a',
    ],
    ...[
      '"a`b"',
      "'a$$(b'",
      '`a"b`',
      "`a'b`",
      '$$(a"b)',
      '$$(a `b` c)',
      '$$(a (b) c)',
      '"a)"',
      'x$$(a)y',
      'a&b',
      '|',
      '"a"\'b\'c',
    ],
  ],
  question: (text) => ({ body: `command: ${quoted(text)}` }),
  ours(text, target) {
    const { value } = parseCommandLine(text.replaceAll('$$', '$'), target);
    return value && JSON.stringify(value.words);
  },
  theirs: ({ command }, target) =>
    JSON.stringify(((command ?? []) as readonly string[]).map((word) => unescaped(word, target))),
};

const ports: Grammar = {
  name: 'ports',
  texts: [
    ...combine(['', '127.0.0.1:', '[::1]:'], ['8080:', '9000-9001:', ':'], ['80', '81-82'], ['', '/', '/udp', '/SCTP']),
    ...['80', '0:80', '080:80', '::80', '9090-9093:8080', '80:0', '', 'abc', 'abc:80', '80:abc', '80-', '90-80'],
    ...['8080:', '/tcp', '80:80:80', 'localhost:80:80', '70000:80', '-1', '80 : 80', '80:80 ', '80/foo', '1.2.3:80:80'],
    ...['fe80::1%eth0:80:80', '[::1]:80', '9090:8080-8083', '0x50', '+80', '01.2.3.4:80:80', '[1::2::3]:80:80'],
  ],
  question: (text) => ({ body: `ports: [${quoted(text)}]` }),
  ours(text, target) {
    const { value } = parsePort(text, target);
    if (!value) return undefined;
    return lines(
      expandPort(value, target).map(({ ip, published, target: inner, protocol }) => {
        const outer = published && (published.first === published.last ? [published.first] : Object.values(published));
        return [target === 'compose' ? (ip ?? '') : '', outer?.join('-') ?? '', inner, protocol].join(' ');
      }),
    );
  },
  theirs: ({ ports: printed }) =>
    lines(
      (printed as Record<string, string | number>[]).map(
        ({ host_ip: ip = '', published = '', target: inner = 0, protocol }) =>
          [ip, String(published) === '0' ? '' : published, inner, protocol].join(' '),
      ),
    ),
};

const mounts: Grammar = {
  name: 'volumes',
  texts: [
    ...combine(['/a:', 'data:', 'C:\\a:', 'v:'], ['/x', 'rel', '/x/'], ['', ':ro', ':rw,nocopy', ':z,rshared,foo']),
    ...[
      '',
      ':/x',
      '/a:',
      '/a::ro',
      '/a:/x:',
      '/a:/x:ro:rw',
      'a:',
      '::',
      'x',
      './a:/x',
      '~/a:/x',
      '\\\\.\\pipe\\x:/x',
      '/x',
    ],
  ],
  question: (text) => ({ body: `volumes: [${quoted(text)}]` }),
  ours(text, target) {
    const { value } = parseMount(text, target);
    if (!value) return undefined;
    const of = (kind: string) => value.options.findLast((option) => option.kind === kind)?.name ?? '';
    const source = shownSource(value.type, value.source);
    const goal = target === 'compose' ? cleaned(value.target) : value.target;
    return [value.type, source, goal, value.readOnly, of('propagation'), of('selinux'), of('nocopy')].join('|');
  },
  theirs({ volumes }) {
    const [mount = {}] = volumes as Record<string, Record<string, string | boolean> | string | boolean>[];
    const { type, source = '', target = '', read_only: readOnly = false, bind, volume } = mount;
    const options = { ...(bind as object), ...(volume as object) } as Record<string, string | boolean>;
    const { propagation = '', selinux = '', nocopy } = options;
    return [type, shownSource(type, source), target, readOnly, propagation, selinux, nocopy ? 'nocopy' : ''].join('|');
  },
};

const durations: Grammar = {
  name: 'durations',
  texts: [
    ...combine(
      ['', '-', '+'],
      ['1', '.5', '2.', '10.25'],
      ['h', 'm', 's', 'ms', 'us', '\u00b5s', '\u03bcs'],
      ['', '1m', '3s', '.5h'],
    ),
    ...[
      '0',
      '-0',
      '0s',
      '1d',
      '1w',
      '2562047h47m16s',
      '2562048h',
      '30',
      '',
      'abc',
      '10 s',
      '10S',
      '1m30',
      '.s',
      '1e3s',
      '1min',
    ],
  ],
  question: (text) => ({ body: `healthcheck: { test: x, interval: ${quoted(text)} }` }),
  ours(text, target) {
    const { value } = parseDuration(text, target);
    return value && String(Math.round(value.nanoseconds / 1e3) + 0);
  },
  theirs: ({ healthcheck }) => String(microseconds((healthcheck as { interval?: string }).interval ?? '0s')),
};

const sizes: Grammar = {
  name: 'sizes',
  texts: [
    ...combine(['1', '1.5', '.5', '2.', '1e3', '+1', '1_0'], ['', ' '], ['', 'b', 'K', 'mb', 'GiB', 't', 'pib']),
    ...[
      '',
      'abc',
      '-1',
      '-1g',
      ' 1g',
      '1g ',
      '1  g',
      '1x',
      '1Gi',
      '1ib',
      '1bb',
      '1..2',
      '1,5g',
      '0x10',
      '1e400',
      '2 2g',
    ],
  ],
  question: (text) => ({ body: `deploy: { resources: { limits: { memory: ${quoted(text)} } } }` }),
  ours: (text) => parseBytes(text).value?.toString(),
  theirs({ deploy }) {
    const { resources } = deploy as { resources?: { limits?: { memory?: string | number } } };
    return String(resources?.limits?.memory ?? 0);
  },
};

const templates: Grammar = {
  name: 'interpolation',
  texts: [
    ...combine(
      ['', 'a ', '$$', '$lower '],
      ['$FULL', '${FULL}', '${NONE:-d}', '${EMPTY:-d}', '${EMPTY-d}', '${FULL:?e}'],
      ['', ' b', '}', '-c'],
    ),
    ...combine(['${NONE', '${FULL'], [':-', '-'], ['x', '${lower}', '$lower', '{"a":1}', '{}', 'a-b:?c'], ['}', '} }']),
    ...[
      ...combine(['${NONE', '${FULL'], [':+', '+'], ['x}', '$lower}']),
      '$5',
      '$(x)',
      'a$',
      '$}',
      '${}',
      '${1}',
      '${a b}',
      '${A!}',
      '${A:=x}',
      '${A',
      '${A:-x',
      '${NONE:?e}',
      '${FULL?a-b}',
      '$5 $FULL',
    ],
    ...['${NONE:?e} $FULL', '$FULL ${NONE:?e}', '${FULL-x:-y}', '$NONE-a $FULL', '${NONE:-a\nb}', '${FULL}\n}'],
  ],
  question: (text) => ({ body: `environment: { V: ${quoted(text)} }` }),
  ours(text, target) {
    const { value, problems, required } = interpolate(text, target, (name) => environment[name]);
    return problems.length + required.length > 0 ? undefined : value;
  },
  theirs: ({ environment: printed }, target) => unescaped((printed as { V: string }).V, target),
};

const scalars: Grammar = {
  name: 'plain scalars',
  texts: [
    ...combine(
      ['', '-', '+'],
      ['0', '017', '08', '0o17', '0x1F', '0b11', '1_000', '12e3', '1.50', '.5', '9223372036854775808'],
    ),
    ...combine(['1', '1234567.5', '0.0001', '123456.5'], ['', 'e2', 'E-3', 'e+21', '_0']),
    ...[
      '100000000000000000000',
      '18446744073709551615',
      '0.00001',
      '1e-400',
      '-0.0',
      '1.',
      '.1_0',
      '0x',
      '0b102',
      '1.2.3',
      '22:22',
    ],
    ...[
      'yes',
      'No',
      'on',
      'y',
      'tRUE',
      '=',
      '<<',
      '.',
      '+',
      '1e',
      '_1',
      '1__0',
      '2024-13-01',
      '2024-01-01T10:00:00',
      '24:00:00',
    ],
  ],
  question: (text) => ({ body: `environment:\n  V: ${text}` }),
  ours: (text) => renderScalar(text),
  theirs: ({ environment: printed }, target) => unescaped((printed as { V: string }).V, target),
};

const timestamps: Grammar = {
  ...scalars,
  name: 'timestamps',
  targets: ['stack'],
  texts: [
    ...combine(
      ['2024-01-01', '2024-1-1', '2024-02-30'],
      ['', ' 1:2:3', ' 01:02:03.250', 'T1:2:3Z', 't10:00:00,5-05:30', ' 1:2:3Z', 'T1:2:3'],
    ),
  ],
};

const extraHosts: Grammar = {
  name: 'extra_hosts',
  targets: ['compose'],
  texts: [
    'a:1.2.3.4',
    'a=1.2.3.4',
    'a=::1',
    'a:::1',
    'a=[::1]',
    'a:host-gateway',
    'a=1.2.3.4,1.2.3.5',
    'a',
    '=1.2.3.4',
    'a:b=1.2.3.4',
  ],
  question: (text) => ({ body: `extra_hosts: [${quoted(text)}]` }),
  ours(text, target) {
    const { value } = parseExtraHost(text, target);
    return value && lines(value.addresses.map(({ address }) => `${value.host}=${address}`));
  },
  theirs: ({ extra_hosts: printed }) => lines(printed as string[]),
};

const assignments: Grammar = {
  name: 'environment lists',
  texts: ['A=b', 'A=b=c', 'A=', 'A =b', 'A B=c', 'FULL', 'A= b '],
  question: (text) => ({ body: `environment: [${quoted(text)}]` }),
  ours(text, target) {
    const { value } = parseAssignment(text, target);
    return value && `${value.name}=${value.value ?? environment[value.name] ?? ''}`;
  },
  theirs: ({ environment: printed }) => lines(Object.entries(printed as object).map((pair) => pair.join('='))),
};

const devices: Grammar = {
  name: 'devices',
  targets: ['compose'],
  texts: ['/dev/a', '/dev/a:/dev/b', '/dev/a:/dev/b:r', '/dev/a::r', 'a:b:c:d'],
  question: (text) => ({ body: `devices: [${quoted(text)}]` }),
  ours(text) {
    const { value } = parseDevice(text);
    return value?.kind === 'path' ? `${value.source} ${value.target} ${value.permissions}` : undefined;
  },
  theirs({ devices: printed }) {
    const [{ source, target, permissions } = {}] = printed as Record<string, string>[];
    return [source, target, permissions].join(' ');
  },
};

const testVerbs: Grammar = {
  name: 'healthcheck.test',
  targets: ['compose'],
  texts: ['CMD', 'CMD-SHELL', 'NONE', 'cmd', 'curl', ''],
  question: (text) => ({ body: `healthcheck: { test: [${quoted(text)}, x] }` }),
  ours: (text) => parseTestVerb(text).value,
  theirs: ({ healthcheck }) => (healthcheck as { test: string[] }).test[0] ?? '',
};

function envFiles(format: EnvFormat): Grammar {
  return {
    name: `env_file (${format})`,
    targets: format === 'dotenv' ? ['compose'] : targets,
    texts: [
      ...combine(format === 'dotenv' ? ['A=', 'A = ', 'export A=', 'A: '] : ['A='], [
        'b',
        '"b c"',
        "'b $FULL'",
        '$FULL',
        '"${NONE:-d}"',
        'b # x',
        '"x\\ty\\"z\\\\n"',
        '',
      ]).map((line) => `${line}\nB=1\n`),
      ...[
        '',
        '# c\n\n  # d\nA=b',
        '\ufeffA=b\r\nB=c\r\n',
        'A=1\nB=$A\n',
        'FULL\n',
        'NONE\n',
        'A="b" # c\nB=d\n',
        'A="b" C=d\n',
      ],
      ...[
        'A="two\nlines"\nB=1\n',
        'A="\\0123 \\012"\n',
        'A="\\$FULL $$FULL"\n',
        'A B=c\n',
        '=b\n',
        'A="open\nB=c\n',
        'A*=b\n',
        '{A}=b\n',
      ],
      ...['A=${1}\n', "A='${1}'\n", 'A=${NONE:?need}\n', '1A=b\nA.B=1\nC-D=2\n'],
    ],
    question: (text) => ({ body: `env_file: FILE`, file: text }),
    ours(text) {
      const file = parseEnvFile(text, format, (name) => environment[name]);
      if (file.problems.length > 0) return undefined;
      return lines([...valuesOf(file)].map((pair) => pair.join('=')));
    },
    theirs: ({ environment: printed }, target) =>
      lines(
        Object.entries((printed ?? {}) as object).map(([name, value]) => `${name}=${unescaped(String(value), target)}`),
      ),
  };
}

const grammars: readonly Grammar[] = [
  commandLines,
  ports,
  mounts,
  durations,
  sizes,
  templates,
  scalars,
  timestamps,
  extraHosts,
  assignments,
  devices,
  testVerbs,
  envFiles('dotenv'),
  envFiles('raw'),
];

for (const grammar of grammars) {
  for (const target of grammar.targets ?? targets) {
    void test(`${grammar.name} of docker ${target}`, async () => {
      const texts = [...new Set(grammar.texts)];
      const expected = texts.map((text) => grammar.ours(text, target));
      const questions = texts.map((text, index) => numbered(grammar, grammar.question(text), index, target));
      const verdicts = await ask(target, questions, (index) => expected[index] === undefined);
      const found = verdicts.map((verdict) =>
        'service' in verdict ? grammar.theirs(verdict.service, target) : undefined,
      );
      assert.ok(expected.some((it) => it !== undefined));
      assert.deepEqual(
        texts.flatMap((text, index) => (found[index] === expected[index] ? [] : [[text, 'tool', found[index]]])),
        texts.flatMap((text, index) => (found[index] === expected[index] ? [] : [[text, 'tool', expected[index]]])),
      );
    });
  }
}

/** A question about a file names it as it will be called. */
function numbered(grammar: Grammar, question: Question, index: number, target: Target): Question {
  const raw = target === 'compose' && grammar.name.includes('raw');
  const file = raw ? `[{ path: ./${index}.env, format: raw }]` : `./${index}.env`;
  return { ...question, body: question.body.replace('FILE', file) };
}

function lines(texts: readonly string[]): string {
  return [...texts].sort().join('\n');
}

/** Other paths are printed as paths of this machine. */
function shownSource(type: unknown, source: unknown): string {
  return type === 'bind' && source !== '/a' ? '?' : String(source ?? '');
}

function cleaned(path: string): string {
  const clean = posix.normalize(path);
  return clean.length > 1 ? clean.replace(/\/$/, '') : clean;
}

/** docker compose doubles every `$` it prints. */
function unescaped(text: string, target: Target): string {
  return target === 'compose' ? text.replaceAll('$$', '$') : text;
}

/** What Go prints for a duration: `1h0m0.5s`. */
function microseconds(text: string): number {
  const factors: Readonly<Record<string, number>> = { h: 3600e6, m: 60e6, s: 1e6, ms: 1e3, '\u00b5s': 1, ns: 1e-3 };
  const steps = [...text.matchAll(/([\d.]+)([^\d.-]+)/g)].map(
    ([, amount, unit = '']) => Number(amount) * (factors[unit] ?? NaN),
  );
  const sum = steps.reduce((total, step) => total + step, 0);
  return Math.round(text.startsWith('-') ? 0 - sum : sum) + 0;
}
