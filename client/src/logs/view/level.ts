/** From bad to good. */
export const levels = ['error', 'warning', 'info', 'debug'] as const;
export type Level = (typeof levels)[number];

/** The level a line says it has, in any of the usual ways; undefined where it says none. Looks at its beginning only. */
export function levelOf(text: string): Level | undefined {
  const beginning = text.slice(0, 400);
  for (const pattern of patterns) {
    const word = pattern.exec(beginning)?.[1];
    const level = word === undefined ? undefined : words.get(word.toLowerCase());
    if (level) return level;
  }
  return undefined;
}

const names =
  'emerg(?:ency)?|alert|crit(?:ical)?|fatal|panic|severe|err(?:or)?|warn(?:ing)?|notice|info(?:rmation)?|log|debug|dbg|verbose|trace|trce|fail|dbug';

const patterns: readonly RegExp[] = [
  // {"level":"error"}, level=error, severity: error, lvl=eror
  new RegExp(`\\b(?:level|lvl|severity|loglevel|levelname)["']?\\s*[:=]\\s*["']?(${names})\\b`, 'i'),
  /\b(?:level)["']?\s*[:=]\s*["']?(10|20|30|40|50|60)\b/,
  // [error], <Warning>, |INFO|
  new RegExp(`[[<(|]\\s*(${names})\\s*[\\])>|]`, 'i'),
  // ERROR at the beginning, or behind a time or a name; words in small letters only with a colon.
  new RegExp(`(?:^|[\\s\\]:])(${names.toUpperCase()})(?:$|[\\s:[(-])`),
  new RegExp(`^(?:\\S+\\s+){0,3}(${names}):`, 'i'),
  // klog and glog: E1120 15:14:27.123456
  /^([EWIF])\d{4} \d\d:\d\d:\d\d/,
];

const words: ReadonlyMap<string, Level> = new Map(
  Object.entries({
    error: ['emerg', 'emergency', 'alert', 'crit', 'critical', 'fatal', 'panic', 'severe', 'err', 'error', 'fail'],
    warning: ['warn', 'warning'],
    info: ['notice', 'info', 'information', 'log'],
    debug: ['debug', 'dbg', 'dbug', 'verbose', 'trace', 'trce'],
  } satisfies Record<Level, readonly string[]>)
    .flatMap(([level, list]) => list.map((word): [string, Level] => [word, level as Level]))
    .concat([
      ['e', 'error'],
      ['f', 'error'],
      ['w', 'warning'],
      ['i', 'info'],
      // pino and bunyan
      ['60', 'error'],
      ['50', 'error'],
      ['40', 'warning'],
      ['30', 'info'],
      ['20', 'debug'],
      ['10', 'debug'],
    ]),
);
