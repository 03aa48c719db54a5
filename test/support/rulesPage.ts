import type { Rule } from '../../server/src/compose/rules/rule.js';
import { targets } from '../../server/src/compose/target.js';
import type { LinkRule } from '../../server/src/project/proxy/rules/rule.js';
import type { ProxyRule } from '../../server/src/proxy/rule.js';

export type AnyRule = Rule | LinkRule | ProxyRule;

/** RULES.md: what each rule finds and why, with a file it reports and the same file cured. */
export function rulesPage(rules: readonly AnyRule[]): string {
  const sorted = [...rules].sort((a, b) => a.id.localeCompare(b.id));
  const rows = sorted.map(
    (rule) => `| [\`${rule.id}\`](#${rule.id}) | ${severityOf(rule)} | ${toolsOf(rule)} | ${rule.docs.summary} |`,
  );
  return `${intro}
| Rule | Severity | Target | What it finds |
| --- | --- | --- | --- |
${rows.join('\n')}

${sorted.map(section).join('\n')}`;
}

const intro = `# Rules

Made from the rules themselves by \`UPDATE=1 npm test -- unit\`; do not edit.

\`error\` means that the tool refuses the file, by itself or surely when it deploys it; \`warning\` that it accepts the file and may surprise you.
A rule may report a finding as less than its own severity where that depends on the machine or on a variable that is not set.

Silence a finding with a comment \`# longshore: ignore RULE\` on its line or the one above, all of them in a file with
\`# longshore: ignore-file RULE\`. Without a rule every one is meant.
`;

function section(rule: AnyRule): string {
  const { summary, why, bad, good, tool } = rule.docs;
  const language = !('proxy' in rule) ? 'yaml' : rule.proxy === 'haproxy' ? 'haproxy' : 'nginx';
  return `## ${rule.id}

${summary} ${why}

*${severityOf(rule)}, ${toolsOf(rule)}*

${fenced(bad, language)}
${tool === undefined ? '' : `\nThe tool says: \`${tool.replaceAll('`', "'")}\`\n`}
Cured:

${fenced(good, language)}
`;
}

function fenced(text: string, language: string): string {
  const short = text.trimEnd().replace(/^(.{120}).{40,}$/gm, '$1 …');
  return `\`\`\`${language}\n${short}\n\`\`\``;
}

function severityOf(rule: AnyRule): string {
  return 'off' in rule && rule.off ? `off (${rule.severity})` : rule.severity;
}

function toolsOf(rule: AnyRule): string {
  if ('proxy' in rule) return rule.proxy === 'any' ? 'nginx, haproxy' : rule.proxy;
  return targets.filter((it) => rule.targets.includes(it)).join(', ');
}
