import { CancellationToken } from 'vscode-languageserver';
import type { FeatureHost } from './feature.js';

/** Milliseconds without a change after which nobody types. */
const idle = 400;

/** Runs something once after changes, when nobody types any more, as long as it is wanted; a failure is logged under the name. */
export function whenIdle(
  { onChange, later, handle }: FeatureHost,
  name: string,
  isWanted: () => boolean,
  run: () => void | Promise<void>,
): void {
  const guarded = handle(name, async () => {
    await run();
    return undefined;
  });
  let giveUp = (): void => undefined;
  onChange(() => {
    if (!isWanted()) return;
    giveUp();
    giveUp = later(idle, () => void guarded(undefined, CancellationToken.None));
  });
}
