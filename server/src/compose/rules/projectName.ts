import { checkProjectName, normalizeProjectName } from '../model/names.js';
import { str } from '../model/value.js';
import { softer } from './grammar.js';
import { replaceWord } from './fixes.js';
import type { FileRule } from './rule.js';
import { refuses } from '../target.js';

export const projectName: FileRule = {
  id: 'project-name',
  scope: 'file',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: "The project's name is not what it will be called, or nothing is left of it.",
    why: 'Containers, networks and volumes are named after the project: in lower case, with letters, digits, `-` and `_`. docker compose drops all other characters without a word and stops when none is left.',
    bad: 'name: "***"\nservices:\n  web:\n    image: nginx:1.27\n',
    good: 'name: shop\nservices:\n  web:\n    image: nginx:1.27\n',
    tool: 'project name must not be empty',
  },
  *check(file, project, _context, { dotEnv }) {
    if (project.origins.has(file.source.uri)) return;
    const [first] = project.files.values();
    const at = file.documents[0]?.members.values().next().value?.keyAt;
    const given = dotEnv?.projectName;
    if (given && at && first === file && checkProjectName(given) !== undefined) {
      const wish = normalizeProjectName(given);
      const cure = wish === '' ? '' : ` Write \`${wish}\` there.`;
      const grammar = 'lower-case letters, digits, `-` and `_`, the first a letter or digit';
      const message = `\`COMPOSE_PROJECT_NAME\` in \`.env\` is no name of a project (${grammar}): ${refuses.compose}.${cure}`;
      yield { at, message };
    }
    for (const document of file.documents) {
      const value = document.members.get('name')?.value;
      const name = str(value);
      if (value?.kind !== 'scalar' || name === undefined) continue;
      if (value.interpolated && name === '') {
        yield { at: value.at, message: `Here the name is empty: ${refuses.compose}.`, severity: 'warning' };
      }
      if (name === '' || value.unset) continue;
      const used = normalizeProjectName(name);
      if (used === name) continue;
      if (used === '')
        yield {
          at: value.at,
          message: `No letter or digit is left of \`${name}\`: ${refuses.compose}.`,
          ...softer(value),
        };
      else {
        const isWritten = value.kind === 'scalar' && !value.interpolated;
        const fixes = isWritten ? replaceWord(value.at, used) : [];
        yield { at: value.at, message: `The project will be called \`${used}\`.`, severity: 'info', fixes };
      }
    }
  },
};
