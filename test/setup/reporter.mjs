// How a suite's tests are shown: one line for each file, failures in full, and the counts for test/run.mjs.
import { relative } from 'node:path';

/** Starts the line with which a suite hands its counts to test/run.mjs. */
export const countsMark = '#counts ';

/** A reporter for `node --test`. */
export default async function* reporter(source) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  let file;
  let inFile = 0;
  const closeFile = () => (file === undefined ? '' : `  ${relative(process.cwd(), file)}: ${inFile}\n`);
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if ((type !== 'test:pass' && type !== 'test:fail') || isParentOfFailure(data)) continue;
    if (data.file !== file) {
      yield closeFile();
      file = data.file;
      inFile = 0;
    }
    const kind = type === 'test:fail' ? 'failed' : data.skip === undefined ? 'passed' : 'skipped';
    if (kind === 'failed') yield failure(data);
    // A file without tests passes as one test of that name, and a suite is no test; neither counts unless it fails.
    const counts = kind === 'failed' || (data.details.type !== 'suite' && data.name !== file);
    if (counts) {
      total[kind]++;
      inFile++;
    }
  }
  yield closeFile();
  yield `${countsMark}${JSON.stringify(total)}\n`;
}

/** A parent fails with its children; only they count. */
function isParentOfFailure({ details }) {
  return details.error?.failureType === 'subtestsFailed';
}

function failure({ name, file, line, details }) {
  const error = details.error?.cause ?? details.error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `  ✖ ${name} (${file ? relative(process.cwd(), file) : ''}:${line ?? ''})\n${text.replace(/^/gm, '      ')}\n`;
}
