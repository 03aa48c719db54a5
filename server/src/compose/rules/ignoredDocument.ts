import type { FileRule } from './rule.js';

export const ignoredDocument: FileRule = {
  id: 'ignored-document',
  scope: 'file',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'docker stack reads the first YAML document of a file only.',
    why: 'What comes after a second `---` is dropped without a word, whatever it says; docker compose merges it. Put it into a file of its own and name both with `-c`.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n---\nservices:\n  api:\n    image: nginx:1.27\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n  api:\n    image: nginx:1.27\n',
  },
  *check({ source }) {
    // Documents are rare: the last block tells whether there are several.
    if ((source.blocks.at(-1)?.document ?? 0) === 0) return;
    const later = source.blocks.filter(({ document }) => document > 0);
    const written = later.some(({ block }) => block.root && block.root.end > block.root.start);
    const first = later[0]?.block;
    if (!first || !written) return;
    const start = Math.max(0, first.text.search(/^---/m));
    const end = first.text.startsWith('---', start) ? start + 3 : start;
    yield { at: { block: first, start, end }, message: 'docker stack deploy ignores everything from here on.' };
  },
};
