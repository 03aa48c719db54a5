import { startOfLine } from '../../../text/lines.js';
import { replaceText, type Fixes } from '../../../compose/rules/fixes.js';
import type { Place } from '../../../compose/model/value.js';
import { targets } from '../../../compose/target.js';
import { envsubstFormat, substitution } from '../../../proxy/envsubst.js';
import type { LinkRule } from './rule.js';

export const envsubstBlanks: LinkRule = {
  id: 'envsubst-blanks',
  scope: 'link',
  severity: 'warning',
  targets,
  docs: {
    summary: '`envsubst` is told which variables to replace.',
    why: 'Without a list it replaces every `$name` of the file, so that variables of nginx such as `$host` become empty: nginx refuses the file, or answers in ways nobody expects.',
    bad: `services:
  api:
    image: example/api:1.0
    expose: ["8000"]
  web:
    image: nginx:1.27
    command: /bin/sh -c "envsubst < /tmp/site.conf > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'"
    environment:
      API_PORT: "8000"
    volumes:
      - ./site.conf:/tmp/site.conf:ro
    depends_on: [api]
#- /site.conf
server {
  listen 80;
  location / {
    proxy_pass http://api:\${API_PORT};
    proxy_set_header Host $host;
  }
}
`,
    good: `services:
  api:
    image: example/api:1.0
    expose: ["8000"]
  web:
    image: nginx:1.27
    command: /bin/sh -c "envsubst '$$\{API_PORT}' < /tmp/site.conf > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'"
    environment:
      API_PORT: "8000"
    volumes:
      - ./site.conf:/tmp/site.conf:ro
    depends_on: [api]
#- /site.conf
server {
  listen 80;
  location / {
    proxy_pass http://api:\${API_PORT};
    proxy_set_header Host $host;
  }
}
`,
    tool: 'invalid number of arguments in "proxy_set_header" directive',
  },
  *check({ kind, calls, command, delivered, environment }, { host }) {
    if (kind !== 'nginx') return;
    for (const call of calls) {
      const file = call.source === undefined ? undefined : delivered.get(call.source);
      const template = file?.exists ? host.readText(file.uri) : undefined;
      const at = command.place(call.at.start, 'envsubst');
      if (template === undefined || at === undefined) continue;
      const { blanked, meant } = substitution(template, call, new Set(environment.keys()));
      if (blanked.length === 0) continue;
      yield {
        at,
        message: `This \`envsubst\` makes ${list(blanked)} empty, which nginx itself would fill in: name the variables it is to replace.`,
        fixes: call.only === undefined ? nameVariables(at, meant) : [],
      };
    }
  },
};

function list(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((name) => `\`$${name}\``);
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Puts the names behind the word `envsubst`; none where the quotes around it leave no room for more. */
function nameVariables(at: Place, names: readonly string[]): Fixes {
  const { block, start, end } = at;
  if (names.length === 0 || block.text.slice(start, end) !== 'envsubst') return [];
  const line = block.text.slice(startOfLine(block.text, start), start);
  const quotes = line.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/'/g)?.length ?? 0;
  if (quotes % 2 === 1) return [];
  const format = envsubstFormat(names);
  return replaceText({ block, start: end, end }, ` ${format}`, `Replace only ${list(names)}`);
}
