import { items, members, partOf, str, get, known, type Place, type Value } from '../model/value.js';
import { targets } from '../target.js';
import type { ServiceRule } from './rule.js';

export const secretInEnvironment: ServiceRule = {
  id: 'secret-in-environment',
  scope: 'service',
  severity: 'info',
  targets,
  docs: {
    summary: 'A password or key stands in the file.',
    why: 'Whoever can read the file or inspect the container can read it. Take it from a variable that is set elsewhere, or mount it as a secret: many images read `NAME_FILE`.',
    bad: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: hunter2\n',
    good: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db_password\n    secrets: [db_password]\nsecrets:\n  db_password:\n    file: db_password.txt\n',
  },
  *check({ value }) {
    for (const { name, text, at } of variables(get(value, 'environment'))) {
      if (
        !secretName.test(name) ||
        notOne.test(name) ||
        text === '' ||
        /^(?:true|false|yes|no|on|off|\d{1,3}|[/.].*)$/i.test(text)
      )
        continue;
      yield {
        at,
        message: `The value of \`${name}\` can be read by everyone who can read this file. Use a secret or a variable.`,
      };
    }
  },
};

const secretName = /(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)(?:_|$)/i;
/** What only speaks of secrets: where they are, how long, whether. */
const notOne =
  /_(?:FILE|PATH|DIR|URL|URI|LENGTH|TTL|EXPIRY|EXPIRATION|EXPIRES?|LIFETIME|NAME|ID|TYPE|HEADER|ENABLED|ALGORITHM|POLICY)$/i;

function* variables(
  environment: Value | undefined,
): Iterable<{ readonly name: string; readonly text: string; readonly at: Place }> {
  for (const { key, value } of members(environment)) {
    const scalar = known(value);
    if (scalar && !scalar.interpolated && scalar.value !== null) yield { name: key, text: scalar.text, at: scalar.at };
  }
  for (const item of items(environment)) {
    const scalar = known(item);
    const [name = '', ...rest] = str(item)?.split('=') ?? [];
    if (!scalar || scalar.interpolated || rest.length === 0) continue;
    yield { name, text: rest.join('='), at: partOf(scalar, { start: name.length + 1, end: scalar.text.length }) };
  }
}
