import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Snippet {
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

export const snippetFiles = ['compose', 'stack', 'nginx', 'haproxy'] as const;

export type SnippetFile = (typeof snippetFiles)[number];

export function readSnippets(file: SnippetFile): readonly Snippet[] {
  const snippets = JSON.parse(readFileSync(`snippets/${file}.json`, 'utf8')) as Record<string, Omit<Snippet, 'name'>>;
  return Object.entries(snippets).map(([name, snippet]) => ({ name, ...snippet }));
}

/** What stands in the file when every default and every first choice is taken. */
export function expandSnippet({ body }: Snippet): string {
  const filled = new Map<string, string>();
  return body
    .join('\n')
    .replace(
      /\\([$}\\])|\$(\d+)|\$\{(\d+)(?::([^{}]*)|\|([^|]*)\|)?\}/g,
      (_, escaped?: string, plain?: string, braced?: string, text?: string, choices?: string) => {
        if (escaped !== undefined) return escaped;
        const stop = plain ?? braced ?? '';
        const value = filled.get(stop) ?? text ?? choices?.split(',')[0] ?? '';
        filled.set(stop, value);
        return value;
      },
    );
}

/** Numbers of the tab stops, as often as they occur. */
export function tabStops({ body }: Snippet): readonly number[] {
  return [...body.join('\n').matchAll(/(?<!\\)\$\{?(\d+)/g)].map(([, stop]) => Number(stop));
}

/** The snippet in a file that has all it needs around it. */
export function completeSnippet(file: SnippetFile, snippet: Snippet): string {
  const text = expandSnippet(snippet);
  if (file === 'nginx') return completeNginx(text);
  return file === 'haproxy' ? completeHaproxy(text) : completeCompose(text);
}

const topLevel = ['services', 'networks', 'volumes', 'configs', 'secrets'];

function completeCompose(text: string): string {
  const content = parse(text) as Record<string, { image?: string; build?: string }>;
  const [first = ''] = Object.keys(content);
  const someService = 'services:\n  web:\n    image: nginx:1.28\n';
  if ('services' in content) return text;
  if (topLevel.includes(first)) return `${someService}\n${text}`;
  const isService = content[first]?.image !== undefined || content[first]?.build !== undefined;
  const services = isService ? `services:\n${indent(text, 2)}` : `${someService}${indent(text, 4)}`;
  const others = [...text.matchAll(/depends_on:\n\s+([\w-]+):/g)].map(([, name]) => `  ${name}:\n    image: redis:7\n`);
  return services + others.join('');
}

/** Addresses become those of this machine: nginx looks names up when it reads them. */
function completeNginx(text: string): string {
  const inHttp = /^location/.test(text) ? `server {\nlisten 127.0.0.1:8080;\n${text}}\n` : text;
  const upstream = /^upstream/m.test(inHttp) ? '' : 'upstream api { server 127.0.0.1:8000; }\n';
  return `events {}\nhttp {\n${upstream}${inHttp}}\n`
    .replace(/server api:/g, 'server 127.0.0.1:')
    .replace('listen 80;', 'listen 8080;');
}

function completeHaproxy(text: string): string {
  const has = (section: string): boolean => new RegExp(`^${section}`, 'm').test(text);
  const defaults = 'defaults\n    mode http\n    timeout connect 2s\n    timeout client 30s\n    timeout server 30s\n';
  const resolvers = 'resolvers docker\n    nameserver dns 127.0.0.11:53\n';
  const frontend = 'frontend front\n    bind :8081\n    default_backend api\n';
  const backend = 'backend api\n    server one 127.0.0.1:8000\n';
  return [
    has('global') ? '' : 'global\n    log stdout format raw local0\n',
    has('defaults') ? '' : defaults,
    has('resolvers') ? '' : resolvers,
    text,
    has('frontend') ? '' : frontend,
    has('backend') ? '' : backend,
  ].join('\n');
}

function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
