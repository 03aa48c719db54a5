import { isPlain, get, known } from '../model/value.js';
import { targets } from '../target.js';
import { replaceText } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const workingDirectory: ServiceRule = {
  id: 'working-directory',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'The working directory of a container is not absolute.',
    why: 'Both tools take the file; the Engine then refuses to create the container.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    working_dir: app\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    working_dir: /app\n',
    tool: "the working directory 'app' is invalid, it needs to be an absolute path",
  },
  *check({ value }) {
    const folder = known(get(value, 'working_dir'));
    // Windows containers have `C:\app`.
    if (typeof folder?.value !== 'string' || folder.value === '' || /^(?:[/\\]|[a-zA-Z]:)/.test(folder.value)) return;
    const meant = `/${folder.value.replace(/^\.\//, '')}`;
    yield {
      at: folder.at,
      message: `\`${folder.value}\` is no absolute path: the Engine refuses to create the container.`,
      fixes: isPlain(folder) && !folder.interpolated ? replaceText(folder.at, meant, `Change to \`${meant}\``) : [],
    };
  },
};
