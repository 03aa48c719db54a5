#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { check } from './cli/check.js';

const usage = `Usage: longshore check [--target auto|compose|stack] [--format text|json|sarif|github]
                       [--min-severity error|warning|info|hint] [-f FILE]… [PATH…]
       longshore lsp --stdio

PATH is a file, a folder or a glob. A file is judged alone, as the tools' -f FILE does; in a folder the projects are found.
Files named with -f are one project, merged in their order.
Exit status: 0 no errors, 1 errors found, 2 could not run.
`;

const [command, ...rest] = process.argv.slice(2);
switch (command) {
  case 'check':
    process.exitCode = check(rest, {
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
    });
    break;
  case 'lsp':
    void import('./main.js').then(keepSmall);
    break;
  case '--version':
  case '-v':
    process.stdout.write(`${__VERSION__}\n`);
    break;
  case '--help':
  case '-h':
    process.stdout.write(usage);
    break;
  default:
    process.stderr.write(command === undefined ? usage : `Unknown command ${JSON.stringify(command)}.\n\n${usage}`);
    process.exitCode = 2;
}

/**
 * From Node 24 on what is new may take 128 MB before it is looked through, nearly all of it garbage of answers that were given. The
 * flag is read whenever that space would grow: it keeps the size it has once the server is loaded. Our client, which starts the
 * server itself, sets `--max-semi-space-size`.
 */
function keepSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
