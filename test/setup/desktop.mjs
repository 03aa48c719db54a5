// `npm run test:desktop`: the extension-host suite in a desktop VS Code, which @vscode/test-electron downloads.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSuite } from '../editor/suite/bundleSuite.mjs';
import { ensureNodeModules } from './nodeModules.mjs';
import { run } from './proc.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

await ensureNodeModules(root, { log: (line) => console.log(`  … ${line}`) });
await run('npm', ['run', '--silent', 'build'], { cwd: root, show: true });
const { runTests } = await import('@vscode/test-electron');
await runTests({
  extensionDevelopmentPath: root,
  extensionTestsPath: await bundleSuite(root),
  launchArgs: [join(root, 'examples'), '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'],
});
