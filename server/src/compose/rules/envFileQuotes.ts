import { parseEnvFile } from '../model/envFile.js';
import { LineIndex } from '../../text/lineIndex.js';
import { envFiles } from './missingFile.js';
import type { MentionRule } from './rule.js';

export const envFileQuotes: MentionRule = {
  id: 'env-file-quotes',
  scope: 'mention',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'An environment file is written as docker compose reads it.',
    why: 'docker stack takes a line as it stands: quotes and ` # comments` become part of the value, and `$NAME` is not filled in. docker compose reads all of them.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    env_file: web.env\n#- /web.env\nTITLE="Our shop"\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    env_file: web.env\n#- /web.env\nTITLE=Our shop\n',
  },
  *mentions(of) {
    if (!('kind' in of)) yield* envFiles(of);
  },
  *check(mention, files) {
    const text = files.read(mention);
    if (text === undefined) return;
    const [trap, ...more] = parseEnvFile(text, 'raw', () => '').traps;
    if (!trap) return;
    const line = new LineIndex(text).position(trap.start).line + 1;
    const others = more.length === 0 ? '' : ` So on ${more.length} more ${more.length === 1 ? 'line' : 'lines'}.`;
    yield { at: mention.at, message: `\`${mention.path}\`, line ${line}: ${trap.message}${others}` };
  },
};
