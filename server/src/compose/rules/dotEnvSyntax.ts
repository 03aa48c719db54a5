import { LineIndex } from '../../text/lineIndex.js';
import { refuses } from '../target.js';
import type { FileRule } from './rule.js';

export const dotEnvSyntax: FileRule = {
  id: 'dot-env-syntax',
  scope: 'file',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: '`.env` has a line that docker compose cannot read.',
    why: "docker compose reads `.env` in the project's folder before the file itself, whether or not a variable is used.",
    bad: 'services:\n  web:\n    image: nginx:1.27\n#- /.env\nMY MODE=fast\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n#- /.env\nMY_MODE=fast\n',
    tool: 'failed to read …/.env: line 1: key cannot contain a space',
  },
  *check(file, project, _context, { dotEnv }) {
    const problem = dotEnv?.problems[0];
    const [first] = project.files.values();
    const at = file.documents[0]?.members.values().next().value?.keyAt;
    if (!dotEnv || !problem || !at || first !== file) return;
    const line = new LineIndex(dotEnv.text).position(problem.start).line + 1;
    yield { at, message: `\`.env\`, line ${line}: ${problem.message} ${refuses.compose}.` };
  },
};
