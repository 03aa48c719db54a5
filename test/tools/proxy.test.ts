import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { checkConfig, readConfig, type ReportedFinding } from '../../server/src/proxy/check.js';
import type { Place } from '../../server/src/proxy/nginx/directives.js';
import type { ProxyConfig, ProxyRule } from '../../server/src/proxy/rule.js';
import { proxyRules } from '../../server/src/proxy/rules/index.js';
import { addressesOf } from '../../server/src/proxy/upstream.js';
import { applyEdits } from '../../server/src/text/edit.js';

// Compares our verdicts with those of `nginx -t` and `haproxy -c`, case by case and for the examples in each rule's documentation.

const streamModule = '/usr/lib/nginx/modules/ngx_stream_module.so';
const folder = mkdtempSync(join(tmpdir(), 'longshore-proxy-'));
after(() => rmSync(folder, { recursive: true }));

/** Rules whose examples need a version or a network, which their unit tests give them. */
const needsMore: ReadonlySet<string> = new Set(['nginx-release', 'haproxy-template-slots']);

/** Rules whose good example needs a newer release than Debian's. */
const notInDebian: ReadonlySet<string> = new Set(['nginx-runtime-resolve']);

const places: Readonly<Record<string, Place>> = { main: 'm', http: 'h', server: 's', location: 'l', stream: 'H' };

for (const kind of ['nginx', 'haproxy'] as const) {
  describe(`${kind}: cases`, () => {
    for (const one of casesOf(kind)) test(`${one.verdict.join(' ')}: ${one.title}`, () => compare(kind, one));
  });

  describe(`${kind}: examples of the rules`, () => {
    for (const rule of proxyRules) {
      if (rule.proxy !== kind || needsMore.has(rule.id)) continue;
      test(`${rule.id}: bad`, () => {
        const config = readConfig(kind, rule.docs.bad);
        assert.ok(reports(checkConfig(config), rule), 'the rule reports its bad example');
        const { accepted, printed } = ask(config);
        if (rule.severity === 'error') assert.equal(accepted, false, `the tool accepts the bad example: ${printed}`);
      });
      test(`${rule.id}: good`, () => {
        const config = readConfig(kind, rule.docs.good);
        assert.deepEqual(
          checkConfig(config).filter((finding) => finding.rule === rule.id),
          [],
        );
        if (notInDebian.has(rule.id)) return;
        const { accepted, printed } = ask(config);
        assert.ok(accepted, `the tool refuses the good example: ${printed}`);
      });
    }
  });
}

interface Case {
  readonly title: string;
  readonly verdict: readonly string[];
  readonly place?: Place;
  readonly text: string;
}

function compare(kind: ProxyConfig['kind'], { verdict, place, text }: Case): void {
  const config = readConfig(kind, text, place && { place });
  const findings = checkConfig(config, undefined, (rule, error) => assert.fail(`${rule} threw ${String(error)}`));
  const errors = findings.filter((finding) => finding.severity === 'error');
  const { accepted, printed } = ask(config);
  const [first = '', second] = verdict;
  const shown = JSON.stringify(findings.map((finding) => `${finding.severity} ${finding.rule}`));
  if (first === 'ok' || second !== undefined) {
    assert.ok(accepted, `the tool refuses it: ${printed}`);
    assert.deepEqual(errors, []);
    if (second !== undefined) {
      const severity = first === 'warn' ? 'warning' : first;
      const found = findings.some((finding) => finding.rule === second && finding.severity === severity);
      assert.ok(found, `no ${severity} of ${second}, but ${shown}`);
    }
  } else {
    assert.ok(!accepted, 'the tool accepts it');
    assert.ok(
      findings.some((finding) => finding.rule === first),
      `no ${first}, but ${shown}; the tool says ${printed}`,
    );
  }
}

function reports(findings: readonly ReportedFinding[], rule: ProxyRule): boolean {
  return findings.some((finding) => finding.rule === rule.id);
}

/** Asks the real tool. Host names become an address first: it would look them up. */
function ask(config: ProxyConfig): { readonly accepted: boolean; readonly printed: string } {
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

function casesOf(kind: ProxyConfig['kind']): readonly Case[] {
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
