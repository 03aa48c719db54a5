import { resultMark } from '../resultMark.mjs';

/** One test inside the extension host. `run` throws to fail. */
export interface EditorTest {
  readonly name: string;
  readonly run: () => Promise<void>;
  /** Milliseconds; a minute unless said otherwise. */
  readonly timeout?: number;
}

/** Runs the tests one after another, reports each on the console, and throws when one has failed. */
export async function runTests(tests: readonly EditorTest[]): Promise<void> {
  const failed: string[] = [];
  for (const test of tests) {
    const started = Date.now();
    const error = await outcome(test);
    if (error !== undefined) failed.push(test.name);
    console.log(`${resultMark}${JSON.stringify({ name: test.name, ms: Date.now() - started, error })}`);
  }
  if (tests.length === 0) throw new Error('The suite has no tests.');
  if (failed.length > 0) throw new Error(`${failed.length} of ${tests.length} failed: ${failed.join(', ')}.`);
}

async function outcome({ run, timeout = 60_000 }: EditorTest): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No end after ${timeout / 1000} s.`)), timeout);
  });
  try {
    await Promise.race([run(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}
