import type { Span } from '../text/span.js';
import { builtInVariables, isBuiltInVariable } from './nginx/variables.js';

/** One call of `envsubst` in a shell command. Spans are offsets of the command. */
export interface EnvsubstCall {
  /** The word `envsubst`. */
  readonly at: Span;
  /** The file it reads, from `<` or from `cat FILE |`. */
  readonly source?: string;
  /** The file it writes, from `>`. */
  readonly target?: string;
  /** The variables it replaces, where the call names them: otherwise it replaces every one. */
  readonly only?: ReadonlySet<string>;
}

/** Finds the calls of `envsubst` in a command as the shell sees it, that is, after Compose has replaced `$$` by `$`. */
export function envsubstCalls(command: string): readonly EnvsubstCall[] {
  const calls: EnvsubstCall[] = [];
  for (const match of command.matchAll(/(?<![\w/-])(?:\/usr\/(?:local\/)?bin\/)?envsubst(?![\w-])/g)) {
    const end = match.index + match[0].length;
    const rest = restOfCall(command, end);
    const before = /(?:^|[;&|(\n])\s*cat\s+(\S+)\s*\|\s*$/.exec(command.slice(0, match.index));
    const source = /(?<!<)<\s*(["']?)([^\s"'<>|;&]+)\1/.exec(rest)?.[2] ?? before?.[1];
    const target =
      />>?\s*(["']?)([^\s"'<>|;&]+)\1/.exec(rest)?.[2] ?? /^[^>]*\|\s*tee\s+(\S+)/.exec(command.slice(end))?.[1];
    const format = /^\s*(?:-\S+\s+)*(["']?)((?:\\?\$\{?\w+\}?[\s,:;]*)+)\1/.exec(rest)?.[2];
    calls.push({
      at: { start: match.index, end },
      ...(source !== undefined && { source }),
      ...(target !== undefined && { target }),
      ...(format !== undefined && { only: new Set(variableNames(format)) }),
    });
  }
  return calls;
}

/** What a call makes of a configuration. */
export interface Substitution {
  /** Variables of nginx that become empty. */
  readonly blanked: readonly string[];
  /** Variables that the template means for `envsubst`. */
  readonly meant: readonly string[];
}

/**
 * Tells the variables of a template apart. `environment` has the names the container knows: a variable of nginx that is among them is
 * replaced, and not blanked, and one that nginx does not know is meant for `envsubst`.
 */
export function substitution(template: string, call: EnvsubstCall, environment: ReadonlySet<string>): Substitution {
  const code = template.replace(/(^|\s)#.*$/gm, '$1');
  const used = [...new Set(variableNames(code))];
  const assigned = new Set(
    Array.from(
      template.matchAll(/\b(?:set|auth_request_set)\s+\$(\w+)|\b(?:map|geo|split_clients)\s[^;{]*\$(\w+)\s*\{/g),
      (match) => match[1] ?? match[2],
    ),
  );
  const ofNginx = (name: string) =>
    isBuiltInVariable(name, 'http') || builtInVariables.stream.has(name) || assigned.has(name);
  return {
    blanked: used.filter(
      (name) => ofNginx(name) && !environment.has(name) && (call.only === undefined || call.only.has(name)),
    ),
    meant: used.filter((name) => !ofNginx(name) || environment.has(name)),
  };
}

/** The names as the argument of `envsubst`, for a Compose file, where `$` is written twice. */
export function envsubstFormat(names: readonly string[]): string {
  return `'${names.map((name) => `$$\{${name}}`).join(' ')}'`;
}

/** `$name` and `${name}` as `envsubst` reads them: `$1` and `${NAME:-x}` are left alone. */
function variableNames(text: string): readonly string[] {
  return Array.from(text.matchAll(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g), (match) => match[1] ?? match[2] ?? '');
}

/** Up to the `;`, `&&` or line end behind a call, quoted text aside. */
function restOfCall(command: string, start: number): string {
  let quote = '';
  let at = start;
  for (; at < command.length; at++) {
    const char = command[at] ?? '';
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (char === ';' || char === '&' || char === '|' || char === '\n') {
      break;
    }
  }
  return command.slice(start, at);
}
