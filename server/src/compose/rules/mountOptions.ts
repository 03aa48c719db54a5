import { within } from './grammar.js';
import { parseMount } from '../model/mount.js';
import { items, str, get, entry, known, type Member, type Value } from '../model/value.js';
import { refuses, targets, type Target } from '../target.js';
import { removeKey } from './fixes.js';
import type { Finding, ServiceRule } from './rule.js';

export const mountOptions: ServiceRule = {
  id: 'mount-options',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'The options of a mount do not fit its type.',
    why: 'A mount takes the options of its own type; a bind mount needs a source and a tmpfs has none. docker stack deploy refuses the rest; docker compose leaves that to the Engine.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - type: bind\n        source: /srv\n        target: /srv\n        volume:\n          nocopy: true\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - type: bind\n        source: /srv\n        target: /srv\n',
    tool: 'service web: volume options are incompatible with type bind',
  },
  *check({ value }, { target }) {
    for (const mount of items(get(value, 'volumes'))) {
      const found = mount.kind === 'map' ? longForm(mount, target) : shortForm(mount, target);
      if (target === 'stack') yield* found;
      // `docker compose config` takes the file; the container is not created.
      else for (const it of found) yield { ...it, severity: 'warning' };
    }
  },
};

/** The options each type takes. */
const options: Readonly<Record<string, string>> = {
  volume: 'volume',
  bind: 'bind',
  tmpfs: 'tmpfs',
  npipe: 'bind',
  cluster: 'cluster',
  image: 'image',
};
/** What a stack asks to have one. */
const withSource: readonly string[] = ['bind', 'npipe', 'cluster', 'image'];

const refused: Readonly<Record<Target, string>> = {
  stack: refuses.stack,
  compose: 'the Engine refuses to create the container',
};

function* longForm(mount: Value, target: Target): Iterable<Finding> {
  const type = str(get(mount, 'type')) ?? '';
  const own = options[type];
  if (own === undefined || (type === 'image' && target === 'compose')) return;
  for (const key of ['bind', 'volume', 'tmpfs']) {
    const option = entry(mount, key);
    if (!option || key === own || option.value.kind !== 'map') continue;
    yield {
      at: option.keyAt,
      message: `A mount of type \`${type}\` takes no \`${key}\` options: ${refused[target]}.`,
      fixes: removeKey(option.keyAt, `Remove \`${key}\``),
    };
  }
  const source = entry(mount, 'source');
  if (type === 'tmpfs' && source && str(source.value)) yield tmpfsSource(source, target);
  // docker compose asks for the source itself, as `invalid-mount` says.
  if (target === 'compose') return;
  if (withSource.includes(type) && (!source || known(source.value)?.value === '')) {
    const at = source?.keyAt ?? entry(mount, 'type')?.keyAt ?? mount.at;
    yield { at, message: `A mount of type \`${type}\` needs a \`source\`: ${refused[target]}.` };
  }
}

function tmpfsSource(source: Member, target: Target): Finding {
  return {
    at: source.keyAt,
    message: `A tmpfs has no \`source\`: ${refused[target]}.`,
    fixes: removeKey(source.keyAt, 'Remove `source`'),
  };
}

function* shortForm(mount: Value, target: Target): Iterable<Finding> {
  const scalar = known(mount);
  if (typeof scalar?.value !== 'string') return;
  const parsed = parseMount(scalar.value, target).value;
  if (!parsed) return;
  const foreign = parsed.options.find((it) => it.kind === (parsed.type === 'bind' ? 'nocopy' : 'propagation'));
  if (!foreign) return;
  yield {
    at: within(scalar, foreign),
    message: `\`${foreign.name}\` is no option of a mount of type \`${parsed.type}\`: ${refused[target]}.`,
  };
}
