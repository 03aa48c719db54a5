import { str } from '../model/value.js';
import { softer } from './grammar.js';
import { replaceWord } from './fixes.js';
import { envFiles } from './missingFile.js';
import type { MentionRule } from './rule.js';
import { refuses } from '../target.js';

export const envFileFormat: MentionRule = {
  id: 'env-file-format',
  scope: 'mention',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'An environment file is to be read in a format that docker compose does not know.',
    why: 'The one format with a name is `raw`: values as they stand, without quotes and variables. docker compose looks at it when it reads the file, so not where an optional file is missing.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    env_file:\n      - { path: web.env, format: plain }\n#- /web.env\nMODE=fast\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    env_file:\n      - { path: web.env, format: raw }\n#- /web.env\nMODE=fast\n',
    tool: 'unsupported env_file format "plain"',
  },
  *mentions(of) {
    if (!('kind' in of) && of.active) yield* envFiles(of);
  },
  *check(mention, files) {
    const { format } = mention;
    const name = str(format);
    if (format?.kind !== 'scalar' || !name || name === 'raw') return;
    if (mention.optional && files.stat(mention) === 'missing') return;
    yield {
      at: format.at,
      message: `\`${name}\` is no format: write \`raw\` or nothing, or else ${refuses.compose}.`,
      ...softer(format),
      fixes: format.interpolated ? [] : replaceWord(format.at, 'raw'),
    };
  },
};
