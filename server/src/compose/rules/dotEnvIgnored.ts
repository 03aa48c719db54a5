import { parseEnvFile, valuesOf } from '../model/envFile.js';
import { items, members, partOf, type ScalarValue, type Value } from '../model/value.js';
import type { Mention, MentionRule } from './rule.js';

export const dotEnvIgnored: MentionRule = {
  id: 'dot-env-ignored',
  scope: 'mention',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'The variable is only set in `.env`, which docker stack does not read.',
    why: 'Only docker compose reads `.env`. For a stack the variables have to be in the environment: `set -a; . ./.env; set +a` before `docker stack deploy`, for example.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    hostname: ${LONGSHORE_DOCS_HOST}\n#- /.env\nLONGSHORE_DOCS_HOST=web\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    hostname: ${LONGSHORE_DOCS_HOST:-web}\n#- /.env\nLONGSHORE_DOCS_HOST=web\n',
  },
  *mentions({ value }) {
    for (const scalar of scalarsIn(value)) yield* unsetIn(scalar);
  },
  *check({ path, at, via }, files) {
    const text = files.read({ path, at });
    if (text === undefined || !valuesOf(parseEnvFile(text, 'dotenv', () => undefined)).has(via)) return;
    yield { at, message: `\`${via}\` is set in \`.env\`, which docker stack does not read: here it is an empty text.` };
  },
};

function* scalarsIn(value: Value): Iterable<ScalarValue> {
  if (value.kind === 'scalar') yield value;
  for (const { value: inner } of members(value)) yield* scalarsIn(inner);
  for (const item of items(value)) yield* scalarsIn(item);
}

/** Variables without a default that became nothing. */
function* unsetIn(scalar: ScalarValue): Iterable<Mention> {
  if (!scalar.interpolated || typeof scalar.value !== 'string') return;
  const plain = /(?<!\$)\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;
  if (!scalar.unset && scalar.value !== scalar.text.replace(plain, '')) return;
  for (const { 0: written, 1: braced, 2: bare, index } of scalar.text.matchAll(plain)) {
    const at = partOf(scalar, { start: index, end: index + written.length });
    yield { path: '.env', at, via: braced ?? bare ?? '' };
  }
}
