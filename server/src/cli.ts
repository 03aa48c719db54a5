#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { check } from './cli/check.js';

const usage = `Usage: longshore check [--target auto|compose|stack] [--format text|json|sarif|github]
                       [--min-severity error|warning|info|hint] [-f FILE]… [PATH…]
       longshore lsp --stdio

PATH is a file, a folder, a glob or - for standard input. A file is judged alone, as the tools' -f FILE does; in a folder the projects are found.
Files named with -f are one project, merged in their order.
Exit status: 0 no errors, 1 errors found, 2 could not run.
`;

const [command, ...rest] = process.argv.slice(2);
switch (command) {
  case 'check':
    // Whoever reads may have enough, as `head` has.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
    process.exitCode = rest.some(isHelp) ? help() : checked();
    break;
  case 'lsp':
    if (rest.length > 0 && !rest.some(isHelp)) void import('./main.js').then(keepSmall);
    else process.exitCode = rest.length > 0 ? help() : mistaken('longshore lsp takes --stdio.');
    break;
  case '--version':
  case '-v':
    process.stdout.write(`${__VERSION__}\n`);
    break;
  case '--help':
  case '-h':
  case 'help':
    process.exitCode = help();
    break;
  default:
    process.exitCode = mistaken(command === undefined ? '' : `Unknown command ${JSON.stringify(command)}.\n`);
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h';
}

function help(): 0 {
  process.stdout.write(usage);
  return 0;
}

function mistaken(message: string): 2 {
  process.stderr.write(`${message}\n${usage}`.trimStart());
  return 2;
}

/** A mistake of ours must not look like errors that were found. */
function checked(): 0 | 1 | 2 {
  try {
    return check(rest, {
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 2;
  }
}

/**
 * From Node 24 on what is new may take 128 MB before it is looked through, nearly all of it garbage of answers that were given. The
 * flag is read whenever that space would grow: it keeps the size it has once the server is loaded. Our client, which starts the
 * server itself, sets `--max-semi-space-size`.
 */
function keepSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
