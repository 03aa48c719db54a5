import type { LogLine } from './line.js';
import type { LinesMessage } from './protocol.js';

/** Lines as the view gets them. */
export function linesMessage(lines: readonly LogLine[]): LinesMessage {
  return {
    type: 'lines',
    sources: lines.map(({ source, stderr }) => source * 2 + (stderr ? 1 : 0)),
    times: lines.map(({ time }) => time),
    texts: lines.map(({ text }) => text),
  };
}
