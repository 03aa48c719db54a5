import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Place } from '../../server/src/proxy/nginx/directives.js';
import type { ProxyConfig } from '../../server/src/proxy/rule.js';
import { addressesOf } from '../../server/src/proxy/upstream.js';
import { applyEdits } from '../../server/src/text/edit.js';

const streamModule = '/usr/lib/nginx/modules/ngx_stream_module.so';
const folder = mkdtempSync(join(tmpdir(), 'longshore-proxy-'));
after(() => rmSync(folder, { recursive: true }));

const places: Readonly<Record<string, Place>> = { main: 'm', http: 'h', server: 's', location: 'l', stream: 'H' };

/** One configuration with what is to be said of it. */
export interface Case {
  readonly title: string;
  readonly verdict: readonly string[];
  readonly place?: Place;
  readonly text: string;
}

/** Asks the real tool. Host names become an address first: it would look them up. */
export function ask(config: ProxyConfig): { readonly accepted: boolean; readonly printed: string } {
  const looked = [...addressesOf(config.model)].filter(({ resolved, pass }) => resolved === 'once' || pass);
  const hosts = new Map(looked.map(({ address }) => [address.hostAt.start, address]));
  const edits = Array.from(hosts.values())
    .filter(({ sort, host }) => sort === 'name' && host !== '' && host !== 'localhost' && !host.includes('/'))
    .map(({ hostAt }) => ({ ...hostAt, text: '127.0.0.1' }));
  const text = applyEdits(config.file.text, edits);
  const file = join(folder, 'file.conf');
  writeFileSync(file, text);
  if (config.kind === 'haproxy') {
    const { status, stdout, stderr } = spawnSync('haproxy', ['-c', '-f', file], { encoding: 'utf8' });
    // A file in which nothing listens is right as far as it goes: HAProxy says so with an exit code of its own.
    return { accepted: status === 0 || status === 2 || onlyNothingToDo(stderr), printed: stdout + stderr };
  }
  const whole = join(folder, 'nginx.conf');
  writeFileSync(whole, wrap(text, config.place, file));
  const { status, stderr } = spawnSync('nginx', ['-t', '-q', '-p', folder, '-c', whole], { encoding: 'utf8' });
  return { accepted: status === 0, printed: stderr };
}

function onlyNothingToDo(printed: string): boolean {
  const alerts = printed.split('\n').filter((line) => line.includes('[ALERT]'));
  return alerts.length > 0 && alerts.every((line) => /no bind|No enabled listener|no <listen> line/i.test(line));
}

function wrap(text: string, place: Place, file: string): string {
  const settings = `pid ${join(folder, 'nginx.pid')};\nerror_log stderr;\n`;
  const modules = existsSync(streamModule) ? `load_module ${streamModule};\n` : '';
  switch (place) {
    case 'h':
      return `${modules}${settings}events {}\nhttp { access_log off; include ${file}; }\n`;
    case 's':
      return `${settings}events {}\nhttp { access_log off; server { include ${file}; } }\n`;
    case 'l':
      return `${settings}events {}\nhttp { access_log off; server { location / { include ${file}; } } }\n`;
    case 'H':
      return `${modules}${settings}events {}\nstream { include ${file}; }\n`;
    default:
      return modules + text;
  }
}

/** The cases of `test/proxy/KIND.cases`. */
export function casesOf(kind: ProxyConfig['kind']): readonly Case[] {
  const text = readFileSync(join(process.cwd(), 'test/proxy', `${kind}.cases`), 'utf8');
  return text
    .split(/^#== /m)
    .slice(1)
    .map((block) => {
      const newline = block.indexOf('\n');
      const header = block.slice(0, newline);
      const words = header.replace(/\[\w+\] /, '').split(' ');
      const place = places[/\[(\w+)\]/.exec(header)?.[1] ?? ''];
      const length = ['warn', 'info', 'hint'].includes(words[0] ?? '') ? 2 : 1;
      return {
        title: words.slice(length).join(' '),
        verdict: words.slice(0, length),
        text: block.slice(newline + 1),
        ...(place && { place }),
      };
    });
}
