// The suite that runs inside the extension host, in VS Code's web server and on the desktop alike.
import { effectiveConfig } from './effectiveConfig.js';
import { features } from './features.js';
import { findings, quickFix } from './findings.js';
import { proxyFiles } from './proxyFiles.js';
import { runTests } from './runTests.js';

/** Called by VS Code; the workspace is a copy of the folder `examples`. */
export const run = (): Promise<void> =>
  runTests([...findings, quickFix, ...features, ...effectiveConfig, ...proxyFiles]);
