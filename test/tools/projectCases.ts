import { Alias, tagged, writeYaml, type Yaml } from '../support/writeYaml.js';
import { declared, helpers, Parts, ways, whole, type Folder, type Mapping } from './projectParts.js';

/** Files that the attributes in the cases name. */
const beside: Readonly<Record<string, string>> = {
  'a.env': 'A=1\n',
  'b.env': 'B=2\n',
  'sub/s.env': 'S=3\n',
  'a.labels': 'l=1\n',
  'b.labels': 'l=2\n',
};

/** Every file of a folder by its path. */
export function textsOf({ files }: Folder): Readonly<Record<string, string>> {
  const texts = Object.entries(files).map(([path, content]): [string, string] => [
    path,
    typeof content === 'string' ? content : content.map(writeYaml).join('---\n'),
  ]);
  return { ...beside, ...Object.fromEntries(texts) };
}

const over = (web: Mapping): Mapping => ({ services: { web } });

const kinds: Readonly<Record<string, (parts: Parts) => Folder>> = {
  'services merged': (parts) => {
    const [first, second, third] = parts.layers(3);
    const more = parts.chance(0.2) ? [over(third)] : [];
    return parts.spread(whole(first), over(second), ...more);
  },
  'services reset': (parts) => {
    const [first, second] = parts.layers(2, ways.services, 0.6);
    return parts.spread(whole(first), over(second));
  },
  'extended here': (parts) => {
    const [base, heir] = parts.layers(2);
    const web: Mapping = { ...heir, extends: parts.pick<Yaml>(['base', { service: 'base' }]) };
    return { files: { 'compose.yaml': [{ services: { web, base, ...helpers }, ...declared }] } };
  },
  'extended from a file': (parts) => {
    const [root, heir, middle] = parts.layers(3);
    const path = parts.pick(['other.yaml', 'sub/other.yaml']);
    const next = parts.pick<Yaml>([
      'root',
      { file: 'third.yaml', service: 'root' },
      { file: 'sub/third.yaml', service: 'root' },
    ]);
    const base: Mapping = { ...middle, image: 'x', ...parts.maybe(0.4, () => ({ extends: next })) };
    return {
      files: {
        'compose.yaml': [whole({ ...heir, extends: { file: path, service: 'base' } })],
        [path]: [{ services: { base, root }, ...parts.maybe(0.2, () => parts.top()) }],
        'sub/third.yaml': [{ services: { root } }],
        'third.yaml': [{ services: { root } }],
        ...(parts.chance(0.3) && { 'compose.override.yaml': [over(parts.layer())] }),
      },
    };
  },
  'extended and reset': (parts) => {
    const [base, heir, third] = parts.layers(3, ways.services, 0.4);
    const extend = parts.pick<Yaml>([
      tagged('!reset', null),
      { service: 'db' },
      'base',
      { file: 'other.yaml', service: 'base' },
    ]);
    const file = parts.pick(['../other.yaml', 'base.yaml']);
    return {
      files: {
        'compose.yaml': [
          whole(
            { ...heir, extends: { file: 'other.yaml', service: 'base' } },
            parts.maybe(0.5, () => ({ include: ['sub/inc.yaml'] })),
          ),
        ],
        'compose.override.yaml': [over({ ...third, ...parts.maybe(0.3, () => ({ extends: extend })) })],
        'other.yaml': [{ services: { base } }],
        'sub/inc.yaml': [{ services: { inner: { image: 'i', extends: { file, service: 'base' } } } }],
        'sub/base.yaml': [{ services: { base: third } }],
      },
    };
  },
  resources: (parts) => {
    const web: Mapping = { image: 'x', networks: ['n1'] };
    return parts.spread({ ...parts.resources(true), services: { web } }, parts.resources(false));
  },
  'keys at the top': (parts) =>
    parts.spread(
      { ...whole({ image: 'x' }), ...parts.top() },
      { ...parts.maybe(0.5, () => over({ tty: true })), ...parts.top() },
    ),
  included: (parts) => {
    const [web, inner] = parts.layers(2);
    const path = parts.pick(['inc.yaml', 'sub/inc.yaml', 'sub/compose.yaml']);
    const name = parts.pick(['inner', 'inner', 'inner', 'inner', 'web', 'db']);
    const include: Yaml = JSON.parse(JSON.stringify(parts.pick(ways.includes)).replaceAll('PATH', path)) as Yaml;
    const nested = parts.pick(['third.yaml', 'sub/third.yaml']);
    return {
      files: {
        'compose.yaml': [
          { include: [include, ...(parts.chance(0.15) ? ['sub/third.yaml'] : [])], ...whole({ ...web, image: 'x' }) },
        ],
        [path]: [
          {
            ...parts.maybe(0.25, () => ({ include: [nested] })),
            services: { [name]: { ...inner, image: 'db' }, ...parts.maybe(0.15, () => helpers) },
            ...parts.maybe(0.15, () => declared),
          },
        ],
        'sub/over.yaml': [{ services: { inner: parts.layer() } }],
        'sub/third.yaml': [{ services: { third: { image: 'x', ...parts.layer() } } }],
        'sub/vars.env': 'TAG=1\nIMG=i\n',
        ...(parts.chance(0.3) && { 'sub/.env': 'TAG=sub\n' }),
        ...(parts.chance(0.3) && {
          'compose.override.yaml': [{ services: { [parts.pick(['web', 'inner', 'db', 'third'])]: parts.layer() } }],
        }),
      },
    };
  },
  profiles: (parts) => {
    const one = (): Mapping => ({
      ...parts.pick<Mapping>([
        {},
        {},
        { profiles: ['p1'] },
        { profiles: ['p2'] },
        { profiles: ['p1', 'p2'] },
        { profiles: [] },
      ]),
      ...parts.pick(ways.needs),
    });
    const [web, db, cache] = [one(), one(), one()].map((it): Mapping => ({ image: 'x', ...it }));
    const later: Mapping = { services: { [parts.pick(['web', 'db', 'cache'])]: one() } };
    const profiles = parts.pick(['', '', 'p1', 'p1, p2', '*']);
    return {
      files: {
        'compose.yaml': [{ services: { web: web ?? {}, db: db ?? {}, cache: cache ?? {} }, ...declared }],
        ...(profiles && { '.env': `COMPOSE_PROFILES=${profiles}\n` }),
        ...(parts.chance(0.5) && { 'compose.override.yaml': [later] }),
      },
    };
  },
  variables: (parts) => ({
    files: {
      'compose.yaml': [
        whole(
          { image: 'x', ...parts.pick(ways.variables) },
          parts.maybe(0.4, () => ({ include: ['sub/inc.yaml'] })),
        ),
      ],
      'compose.override.yaml': [over(parts.pick(ways.variables))],
      'sub/inc.yaml': [{ services: { inner: { image: 'x', ...parts.pick(ways.variables) } } }],
      ...(parts.chance(0.5) && { '.env': parts.pick(ways.envFiles) }),
      ...(parts.chance(0.5) && { 'sub/.env': parts.pick(ways.envFiles) }),
    },
  }),
  anchors: (parts) => {
    const [first, second] = parts.layers(2);
    const again = over({ '<<': new Alias('c') });
    return parts.spread(
      { 'x-c': tagged('&c', first), ...whole({ '<<': new Alias('c') }) },
      parts.chance(0.3) ? again : { 'x-d': tagged('&c', second), ...again },
    );
  },
  fragments: (parts) => {
    const [first, second] = parts.layers(2);
    const name = parts.pick(['web', 'db', 'new', 'new']);
    const more = parts.pick<Mapping>([
      {},
      {},
      { networks: { n9: null } },
      { volumes: { v9: null } },
      { secrets: { s9: { file: 'a.env' } } },
    ]);
    const uses = parts.pick<Mapping>([...ways.needs, { depends_on: ['new'] }, { links: ['new'] }]);
    const later: Mapping = {
      services: { [name]: { ...second, ...parts.maybe(0.4, () => ({ image: 'n' })) } },
      ...more,
    };
    return parts.spread(whole({ ...first, image: 'x', ...uses }), later);
  },
  circles: (parts) => {
    const later = (): Mapping =>
      parts.chance(0.3)
        ? {
            depends_on: parts.pick<Yaml>([
              tagged('!reset', null),
              tagged('!override', ['cache']),
              { db: tagged('!reset', null) },
            ]),
          }
        : parts.pick(ways.needs);
    const one = (): Mapping => ({ image: 'x', ...parts.pick(ways.needs.slice(0, 13)) });
    return parts.spread(
      { services: { web: one(), db: one(), cache: one() }, ...declared },
      { services: { [parts.pick(['web', 'db', 'cache'])]: later() } },
    );
  },
  'one mistake': (parts) => {
    const right: Mapping = { image: 'x', ...parts.pick<Mapping>([{}, { labels: ['a=b'] }, { tty: true }]) };
    const wrong: Mapping = { environment: { A: 'x' }, ...parts.pick(ways.mistakes) };
    const extend: Mapping = { extends: { file: 'sub/base.yaml', service: 'base' } };
    const included = whole(right, { include: ['sub/inc.yaml'] });
    const env = 'COMPOSE_FILE=compose.yaml:sub/two.yaml\n';
    return parts.pick<Folder>([
      {
        files: { 'compose.yaml': [whole({ image: 'x', ...wrong })], 'compose.override.yaml': [over(right)] },
        owner: 'compose.yaml',
      },
      {
        files: { 'compose.yaml': [whole(right)], 'compose.override.yaml': [over(wrong)] },
        owner: 'compose.override.yaml',
      },
      {
        files: { 'compose.yaml': [included], 'sub/inc.yaml': [{ services: { inner: { image: 'x', ...wrong } } }] },
        owner: 'sub/inc.yaml',
      },
      {
        files: { 'compose.yaml': [whole({ ...right, ...extend })], 'sub/base.yaml': [{ services: { base: wrong } }] },
        owner: 'sub/base.yaml',
      },
      {
        files: { 'compose.yaml': [whole({ ...wrong, ...extend })], 'sub/base.yaml': [{ services: { base: right } }] },
        owner: 'compose.yaml',
      },
      { files: { 'compose.yaml': [whole(right)], 'sub/two.yaml': [over(wrong)], '.env': env }, owner: 'sub/two.yaml' },
    ]);
  },
  'files of a stack': (parts) => {
    const layers = parts.layers(3, ways.stackServices, 0).map((web, at): Mapping => {
      const [section, values] = parts.pick(Object.entries(ways.stackResources));
      const version = parts.pick<Yaml>([
        '3.8',
        '3.8',
        '3.8',
        '3.8',
        '3.8',
        '3.8',
        '3.8',
        '3.8',
        '3.8',
        '3.8',
        null,
        '3.7',
        '3',
      ]);
      return {
        ...(version !== null && { version }),
        services: { web, ...(at === 0 && { db: { image: 'db' } }) },
        ...(at === 0 && stackDeclared),
        ...parts.maybe(0.4, () => ({ [section]: { [`${section.charAt(0)}1`]: parts.way(values) } })),
      };
    });
    const names = parts.chance(0.2) ? ['a.yaml', 'sub/b.yaml', 'c.yaml'] : ['a.yaml', 'sub/b.yaml'];
    return {
      files: Object.fromEntries(names.map((name, i) => [name, [layers[i] ?? {}]])),
      given: names,
      target: 'stack',
    };
  },
};

const stackDeclared: Mapping = {
  networks: { n1: {}, n2: {} },
  volumes: { v1: {} },
  secrets: { s1: { file: './a.env' } },
  configs: { c1: { file: './a.env' } },
};

export const caseKinds = Object.keys(kinds);

/** A folder of a kind, the same one for the same seed. */
export function projectCase(kind: string, seed: number): Folder {
  const make = kinds[kind];
  if (!make) throw new Error(`No kind of case is called ${kind}.`);
  return make(new Parts(seed));
}
