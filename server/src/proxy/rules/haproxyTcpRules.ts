import { isProxySection, type Section } from '../haproxy/parse.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyTcpRules: HaproxyRule = {
  id: 'haproxy-tcp-rules',
  severity: 'warning',
  proxy: 'haproxy',
  docs: {
    summary: 'Rules for HTTP stand where the mode is HTTP.',
    why: 'HAProxy starts with TCP mode unless `mode http` says otherwise, and ignores `http-request` and its kin there.',
    bad: 'frontend web\n  bind :80\n  mode tcp\n  http-request deny\n',
    good: 'frontend web\n  bind :80\n  mode http\n  http-request deny\n',
    tool: "'http-request' rules ignored for frontend 'web' as they require HTTP mode.",
  },
  *check({ file }) {
    let inherited = 'tcp';
    for (const section of file.sections) {
      if (!isProxySection(section)) continue;
      const mode = modeOf(section) ?? (section.kind === 'defaults' ? 'tcp' : inherited);
      if (section.kind === 'defaults') inherited = mode;
      else if (mode === 'tcp') {
        const rule = section.lines.find(({ keyword }) =>
          /^http-(?:request|response|after-response)$/.test(keyword.value),
        );
        if (rule)
          yield {
            at: rule.keyword,
            message: `\`${rule.keyword.value}\` is ignored here: the mode is TCP without \`mode http\`.`,
          };
      }
    }
  },
};

function modeOf(section: Section): string | undefined {
  return section.lines.findLast((line) => line.keyword.value === 'mode')?.args[0]?.value;
}
