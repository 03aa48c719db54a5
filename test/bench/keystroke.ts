import { performance } from 'node:perf_hooks';
import { Session } from '../../server/src/lsp/session.js';
import { composeText } from './composeText.js';
import { parseDocument } from 'yaml';
import { memoryHost } from '../support/memoryHost.js';

/**
 * What a keystroke costs, from the change to the diagnostics, beside a full recomputation and a bare parse of the same text by
 * the `yaml` package, interleaved in one run. Medians of milliseconds, and ratios, which hold on a busy machine too.
 *   npm run bench -- keystroke [SERVICES…]
 */
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((it) => it > 0);
const uri = 'file:///bench/compose.yaml';
const edits = 40;

console.log('| file | keystroke | full check | yaml parse alone | full ÷ keystroke | parse ÷ keystroke |');
console.log('|---|---:|---:|---:|---:|---:|');
for (const services of sizes.length > 0 ? sizes : [100, 1000, 5000]) {
  for (const anchors of [false, true]) row(services, anchors);
}

function row(services: number, anchors: boolean): void {
  const text = composeText(services, anchors);
  const session = open(text);
  session.diagnostics(uri);
  const at = text.indexOf('LOG_LEVEL: info', text.length / 2) + 'LOG_LEVEL: info'.length;
  const start = session.documents.get(uri)?.content.position(at) ?? { line: 0, character: 0 };
  const costs = { keystroke: [] as number[], full: [] as number[], parse: [] as number[] };
  for (let i = 0; i < edits; i++) {
    const position = { line: start.line, character: start.character + i };
    costs.keystroke.push(
      time(() => {
        session.change(uri, i + 2, [{ range: { start: position, end: position }, text: 'x' }]);
        session.diagnostics(uri);
      }),
    );
    if (i % 8 !== 0) continue;
    const now = session.documents.get(uri)?.content.text ?? '';
    costs.full.push(time(() => open(now).diagnostics(uri)));
    costs.parse.push(time(() => parseDocument(now, { keepSourceTokens: true })));
  }
  const [keystroke, full, parse] = [median(costs.keystroke), median(costs.full), median(costs.parse)];
  const cells = [keystroke, full, parse].map((it) => it.toFixed(2));
  const ratios = [full / keystroke, parse / keystroke].map((it) => `${it.toFixed(0)} ×`);
  console.log(`| ${services} services${anchors ? ', anchors' : ''} | ${[...cells, ...ratios].join(' | ')} |`);
}

function open(text: string): Session {
  const session = new Session(memoryHost({}), console.error);
  session.open(uri, 'dockercompose', 1, text);
  return session;
}

function time(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
