import type { Node } from '../syntax/tree.js';
import type { TextRule } from './rule.js';

export const ignoredTag: TextRule = {
  id: 'ignored-tag',
  scope: 'text',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: '`!reset` and `!override` mean nothing to docker stack.',
    why: 'Only docker compose knows them. docker stack reads what stands behind the tag as if it were not there, so lists are still merged and `!reset null` is the text `null` or an error.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ports: !override ["8080:80"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080:80"]\n',
  },
  *check(block) {
    if (!/!(?:reset|override)\b/.test(block.text)) return;
    for (const node of nodesOf(block.root)) {
      if (node.tag !== '!reset' && node.tag !== '!override') continue;
      // A node begins behind its tag.
      const start = block.text.lastIndexOf(node.tag, node.start);
      if (start < 0) continue;
      const end = start + node.tag.length;
      const blank = /^[ \t]*/.exec(block.text.slice(end))?.[0].length ?? 0;
      // At the end of a line the blank before it goes, else the one behind.
      const isLast = /^(?:\r?\n|$)/.test(block.text.slice(end + blank));
      const edits = [{ at: { block, start: isLast ? start - 1 : start, end: end + blank }, text: '' }];
      yield {
        at: { block, start, end },
        message: `docker stack deploy ignores \`${node.tag}\` without a word.`,
        fixes: [{ title: `Remove \`${node.tag}\``, edits, preferred: true, lossy: true }],
      };
    }
  },
};

function* nodesOf(node: Node | undefined): Iterable<Node> {
  if (!node) return;
  yield node;
  if (node.kind === 'seq') for (const item of node.items) yield* nodesOf(item);
  if (node.kind === 'map') for (const { value } of node.entries) yield* nodesOf(value);
}
