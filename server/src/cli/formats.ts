import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../compose/rules/diagnostics.js';
import { rules } from '../compose/rules/index.js';
import type { Target } from '../compose/target.js';
import { linkRules } from '../project/proxy/rules/index.js';
import { proxyRules } from '../proxy/rules/index.js';

export type Told = Pick<Diagnostic, 'code' | 'severity' | 'message' | 'range'>;

export interface CheckedFile {
  readonly path: string;
  /** The tool that reads the file. */
  readonly target: Target | 'nginx' | 'haproxy';
  readonly diagnostics: readonly Told[];
}

/** How a report is written. */
export const formats = { text, json, sarif, github } as const;

function text(files: readonly CheckedFile[]): string {
  const lines = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(
      ({ code, severity, message, range: { start } }) =>
        `${path}:${start.line + 1}:${start.character + 1}: ${severity}: ${message} [${code}]\n`,
    ),
  );
  const all = files.flatMap(({ diagnostics }) => diagnostics);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const warnings = all.filter(({ severity }) => severity === 'warning').length;
  return `${lines.join('')}${count(files.length, 'file')} checked: ${count(errors, 'error')}, ${count(warnings, 'warning')}.\n`;
}

/** `page`: where the rule is explained, in the file that comes with the package. */
function json(files: readonly CheckedFile[]): string {
  const plain = files.map(({ path, target, diagnostics }) => ({
    path,
    target,
    diagnostics: diagnostics.map(({ code, severity, message, range }) => {
      return { code, severity, message, range, page: `RULES.md#${code}` };
    }),
  }));
  return `${JSON.stringify({ version: 1, files: plain })}\n`;
}

/** SARIF 2.1.0, as code scanning services take it. */
function sarif(files: readonly CheckedFile[]): string {
  const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;
  const results = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ code, severity, message, range: { start, end } }) => ({
      ruleId: code,
      level: levels[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: reference(path) },
            region: {
              startLine: start.line + 1,
              startColumn: start.character + 1,
              endLine: end.line + 1,
              endColumn: end.character + 1,
            },
          },
        },
      ],
    })),
  );
  const driver = {
    name: 'Longshore',
    version: __VERSION__,
    rules: [...rules, ...linkRules, ...proxyRules].map(({ id, docs }) => ({
      id,
      shortDescription: { text: docs.summary },
      fullDescription: { text: docs.why },
    })),
  };
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  })}\n`;
}

/** A path as a URI: from the folder the report is made in, unless it says where it is. */
function reference(path: string): string {
  return isAbsolute(path) ? pathToFileURL(path).href : path.split(sep).map(encodeURIComponent).join('/');
}

/** Commands that GitHub Actions turns into annotations. */
function github(files: readonly CheckedFile[]): string {
  const commands = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const;
  const lines = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ code, severity, message, range: { start, end } }) => {
      const at = `file=${property(path)},line=${start.line + 1},col=${start.character + 1},endLine=${end.line + 1},endColumn=${end.character + 1}`;
      return `::${commands[severity]} ${at},title=${property(code)}::${data(message)}\n`;
    }),
  );
  return lines.join('');
}

function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}
