import { refuses } from './grammar.js';
import type { FileRule } from './rule.js';

export const documentStart: FileRule = {
  id: 'document-start',
  scope: 'file',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'Text goes on after `...` without a `---`.',
    why: '`...` ends a YAML document. What comes after it is another document and has to begin with `---`; docker stack reads only the first one and never gets there.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n...\nvolumes: {}\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n---\nvolumes: {}\n',
    tool: 'yaml: line 4: did not find expected <document start>',
  },
  *check({ documents, source: { blocks } }) {
    if (documents.length < 2) return;
    for (const { block, document, started } of blocks) {
      const key = block.root?.kind === 'map' ? block.root.entries[0]?.key : undefined;
      if (document === 0 || started || !key) continue;
      const at = { block, start: key.start, end: key.end };
      yield { at, message: `A document that follows \`...\` begins with \`---\`: ${refuses.compose}.` };
    }
  },
};
