import { parseEnvFile } from '../model/envFile.js';
import { str } from '../model/value.js';
import { LineIndex } from '../../text/lineIndex.js';
import { targets, refuses } from '../target.js';
import { envFiles } from './missingFile.js';
import type { MentionRule } from './rule.js';

export const envFileSyntax: MentionRule = {
  id: 'env-file-syntax',
  scope: 'mention',
  severity: 'error',
  targets,
  docs: {
    summary: 'An environment file has a line that its tool cannot read.',
    why: 'Every line is `NAME=value`, a comment or empty. docker compose also takes quotes, `export` and variables; docker stack takes the rest of the line as it is.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    env_file: web.env\n#- /web.env\nMY MODE=fast\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    env_file: web.env\n#- /web.env\nMY_MODE=fast\n',
    tool: 'failed to read …/web.env: line 1: key cannot contain a space',
  },
  *mentions(of, { target }) {
    if ('kind' in of || (target === 'compose' && !of.active)) return;
    yield* envFiles(of);
  },
  *check(mention, files, { target }) {
    const text = files.read(mention);
    if (text === undefined) return;
    const format = target === 'stack' ? 'raw' : str(mention.format);
    if (format !== undefined && format !== '' && format !== 'raw') return;
    const problem = parseEnvFile(text, format || 'dotenv', () => '').problems[0];
    if (!problem) return;
    const line = new LineIndex(text).position(problem.start).line + 1;
    yield { at: mention.at, message: `\`${mention.path}\`, line ${line}: ${problem.message} ${refuses[target]}.` };
  },
};
