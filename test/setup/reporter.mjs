// How a suite's tests are shown: one line for each file with what it took, failures in full, and the counts for test/run.mjs.
import { relative } from 'node:path';
import { inspect } from 'node:util';

/** Starts the line with which a suite hands its counts, file by file, to test/run.mjs. */
export const countsMark = '#counts ';

/** A reporter for `node --test`. */
export default async function* reporter(source) {
  /** By file, the path a test says it is from. */
  const counts = {};
  let file;
  let since = Date.now();
  const closeFile = () => {
    if (file === undefined) return '';
    const { passed, failed, skipped } = counts[file];
    const line = `  ${relative(process.cwd(), file)}: ${passed + failed + skipped} in ${seconds(since)} s\n`;
    file = undefined;
    return line;
  };
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    // Files are run as tests with their path as name.
    if (type === 'test:dequeue' && data.name === data.file) since = Date.now();
    if (type === 'test:complete' && data.name === data.file) yield closeFile();
    if ((type !== 'test:pass' && type !== 'test:fail') || isParentOfFailure(data)) continue;
    if (data.file !== file) {
      yield closeFile();
      file = data.file ?? '';
      counts[file] ??= { passed: 0, failed: 0, skipped: 0 };
    }
    const kind = type === 'test:fail' ? 'failed' : data.skip === undefined ? 'passed' : 'skipped';
    if (kind === 'failed') yield failure(data);
    // A file without tests passes as one test of that name, and a suite is no test; neither counts unless it fails.
    if (kind === 'failed' || (data.details.type !== 'suite' && data.name !== file)) counts[file][kind]++;
  }
  yield closeFile();
  yield `${countsMark}${JSON.stringify(counts)}\n`;
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}

/** A parent fails with its children; only they count. */
function isParentOfFailure({ details }) {
  return details.error?.failureType === 'subtestsFailed';
}

function failure({ name, file, line, details }) {
  const error = details.error?.cause ?? details.error;
  const text = inspect(error, { depth: 4, compact: false });
  return `  ✖ ${name} (${file ? relative(process.cwd(), file) : ''}:${line ?? ''})\n${text.replace(/^/gm, '      ')}\n`;
}
