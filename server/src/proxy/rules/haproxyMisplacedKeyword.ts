import { isProxySection, type Section } from '../haproxy/parse.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyMisplacedKeyword: HaproxyRule = {
  id: 'haproxy-misplaced-keyword',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'Servers stand in a backend, addresses to listen on in a frontend.',
    why: 'HAProxy refuses `server` in a `frontend` or in `defaults`, `bind` in `defaults` or in a `backend`, and `acl` in `defaults` without a name. A `listen` is both.',
    bad: 'frontend web\n  bind :80\n  server api1 api:8000\n',
    good: 'listen web\n  bind :80\n  server api1 api:8000\n',
    tool: "'server' not allowed because frontend 'web' has no backend capability.",
  },
  *check({ file }) {
    for (const section of file.sections) {
      if (!isProxySection(section)) continue;
      for (const { keyword, args } of section.lines) {
        if (!isMisplaced(keyword.value, args[0]?.value, section)) continue;
        const unnamed = section.kind === 'defaults' && keyword.value === 'acl' ? ' without a name' : '';
        yield {
          at: keyword,
          message: `\`${keyword.value}\` may not stand in \`${section.kind}\`${unnamed}: HAProxy refuses the file.`,
        };
      }
    }
  },
};

function isMisplaced(keyword: string, first: string | undefined, { kind, name }: Section): boolean {
  switch (keyword) {
    case 'server':
    case 'server-template':
      return kind === 'frontend' || kind === 'defaults';
    case 'bind':
    case 'use_backend':
      return kind === 'defaults';
    case 'acl':
      return kind === 'defaults' && name === undefined;
    case 'stats':
      return kind === 'defaults' && first === 'admin';
    default:
      return false;
  }
}
