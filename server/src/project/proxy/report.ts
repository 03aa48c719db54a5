import type { Place } from '../../compose/model/value.js';
import type { RuleSettings } from '../../compose/rules/rule.js';
import { checkConfig, readConfig, type ReportedFinding } from '../../proxy/check.js';
import type { ProxyConfig } from '../../proxy/rule.js';
import { LineIndex } from '../../text/lineIndex.js';
import type { Range } from '../../text/span.js';
import { fileName } from '../../text/uri.js';
import type { Checked } from '../workspace.js';
import { bySettings, checkProxy } from './check.js';
import type { Proxy } from './link.js';

/** A finding at its lines and columns of a proxy's file. */
export interface ProxyDiagnostic {
  readonly code: string;
  readonly severity: ReportedFinding['severity'];
  readonly message: string;
  readonly range: Range;
  readonly finding: ReportedFinding;
  /** Services the message speaks of, where they are written. */
  readonly related: readonly { readonly checked: Checked; readonly at: Place; readonly message: string }[];
}

export interface ProxyReport {
  readonly kind: ProxyConfig['kind'];
  readonly text: string;
  readonly diagnostics: readonly ProxyDiagnostic[];
}

type Log = (message: string) => void;

interface Reading {
  readonly checked: Checked;
  readonly proxy: Proxy;
  readonly text: string;
  readonly findings: readonly ReportedFinding[];
}

/**
 * What is found in the proxy files of projects, by file. A file may be read by several proxies: what is true for only some of them
 * says for which.
 */
export function reportProxies(
  projects: readonly Checked[],
  settings: RuleSettings,
  log: Log,
  wanted: (uri: string) => boolean = () => true,
): ReadonlyMap<string, ProxyReport> {
  const readings = new Map<string, Reading[]>();
  for (const checked of projects) {
    for (const proxy of checked.proxies) {
      if (!proxy.files.some(({ uri }) => wanted(uri))) continue;
      for (const { uri, text, findings } of checkProxy(checked.world, proxy, settings, failure(log))) {
        if (!wanted(uri)) continue;
        const list = readings.get(uri) ?? [];
        readings.set(uri, list);
        list.push({ checked, proxy, text, findings });
      }
    }
  }
  return new Map(Array.from(readings, ([uri, list]) => [uri, join(list)]));
}

/** What is found in a file that no project is known for. */
export function reportAlone(kind: ProxyConfig['kind'], text: string, settings: RuleSettings, log: Log): ProxyReport {
  const findings = bySettings(checkConfig(readConfig(kind, text), undefined, failure(log)), settings);
  const lines = new LineIndex(text);
  return { kind, text, diagnostics: findings.map((finding) => diagnostic(finding, lines, finding.message, [])) };
}

function join(readings: readonly Reading[]): ProxyReport {
  const [first] = readings;
  const text = first?.text ?? '';
  const lines = new LineIndex(text);
  const told = new Map<string, { readonly finding: ReportedFinding; readonly by: Reading[] }>();
  for (const reading of readings) {
    for (const finding of reading.findings) {
      const key = `${finding.at.start} ${finding.at.end} ${finding.rule} ${finding.message}`;
      const before = told.get(key);
      if (before) before.by.push(reading);
      else told.set(key, { finding, by: [reading] });
    }
  }
  const diagnostics = Array.from(told.values(), ({ finding, by }) => {
    const some = by.length < readings.length && by[0] ? ` This is so for ${nameOf(by[0])}.` : '';
    return diagnostic(finding, lines, finding.message + some, by);
  });
  diagnostics.sort((a, b) => a.finding.at.start - b.finding.at.start);
  return { kind: first?.proxy.kind ?? 'nginx', text, diagnostics };
}

function nameOf({ proxy: { service } }: Reading): string {
  return `\`${service.name}\` of \`${fileName(service.nameAt.block.uri)}\``;
}

function diagnostic(
  finding: ReportedFinding,
  lines: LineIndex,
  message: string,
  by: readonly Reading[],
): ProxyDiagnostic {
  const related = by.flatMap(({ checked }) =>
    (finding.related ?? []).flatMap(({ service, message }) => {
      const at = checked.project.services.get(service)?.nameAt;
      return at ? [{ checked, at, message }] : [];
    }),
  );
  return { code: finding.rule, severity: finding.severity, message, range: lines.range(finding.at), finding, related };
}

function failure(log: Log): (rule: string, error: unknown) => void {
  return (rule, error) =>
    log(`Rule ${rule} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
