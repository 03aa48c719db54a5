import { refuses } from '../target.js';
import { formats, formerFormats, isStackFormat } from '../../../../schemas/formats.js';
import type { FileModel } from '../model/file.js';
import type { Project } from '../model/project.js';
import { get, str } from '../model/value.js';
import { formatOf } from '../schema/attributes.js';
import { fileName } from '../../text/uri.js';
import { replaceText } from './fixes.js';
import type { FileRule, Finding } from './rule.js';

export const versionUnsupported: FileRule = {
  id: 'version-unsupported',
  scope: 'file',
  severity: 'error',
  targets: ['stack'],
  docs: {
    summary: 'docker stack does not know this `version`.',
    why: 'Stack files are of format 3: `3`, `3.0` to `3.13`, or no `version` at all. It is compared letter by letter and before variables are filled in. All files of a stack must be of one format.',
    bad: 'version: "2.4"\nservices:\n  web:\n    image: nginx:1.27\n',
    good: 'version: "3.8"\nservices:\n  web:\n    image: nginx:1.27\n',
    tool: 'unsupported Compose file version: 2.4',
  },
  *check(file, project) {
    yield* differs(file, project);
    const value = file.documents[0]?.members.get('version')?.value;
    // Anything but a string is of the wrong type already.
    if (value?.kind !== 'scalar' || (typeof value.value !== 'string' && value.value !== null)) return;
    if (value.value === null && value.text !== '') return;
    if (value.value === null || isStackFormat(value.text)) return;
    const bare = value.text.replace(/[\u2018\u2019\u201a\u201c\u201d\u201e"'\s]/g, '');
    const wanted = bare !== '' && isStackFormat(bare) ? bare : '3.8';
    yield {
      at: value.at,
      message: `\`${value.text}\` is no version of the stack file format${reason(value.text, bare)}: ${refuses.stack}. There are \`3\` and \`3.0\` to \`${formats.at(-1)?.version ?? ''}\`.`,
      fixes: replaceText(value.at, `"${wanted}"`, `Change to \`${wanted}\``),
    };
  },
};

/** All files of a stack must be of one format; without `version` a file is of the newest one. */
function* differs(file: FileModel, { files }: Project): Iterable<Finding> {
  const [first] = files.values();
  if (!first || first === file) return;
  const [own, others] = [file, first].map(({ documents }) => get(documents[0], 'version'));
  const at = own?.at ?? file.documents[0]?.members.values().next().value?.keyAt;
  const [mine, theirs] = [own, others].map((version) => formatOf(str(version)));
  if (!at || mine === theirs) return;
  const said = own ? `\`version\` is` : 'Without `version` this is';
  yield {
    at,
    message: `${said} format ${mine ?? ''} here and ${theirs ?? ''} in \`${fileName(first.source.uri)}\`: docker stack deploy refuses files of different formats.`,
  };
}

function reason(text: string, bare: string): string {
  if (/[\u2018-\u201e]/.test(text)) return ', as typographic quotes are part of the text';
  if (text.includes('$')) return ', as variables are not filled in here';
  return bare in formerFormats ? ', only the first docker-compose read it' : '';
}
