/** Random numbers from 0 to below 1, the same for the same seed. */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pickFrom<T>(random: Random, among: readonly T[]): T {
  const picked = among[Math.floor(random() * among.length)];
  if (picked === undefined) throw new Error('Nothing to pick from.');
  return picked;
}

/** The text after an edit such as people make, or such as happens to them. */
export function editRandomly(text: string, random: Random, others: readonly string[]): string {
  const lines = text.split('\n');
  const line = Math.floor(random() * lines.length);
  const at = Math.floor(random() * (text.length + 1));
  switch (Math.floor(random() * 10)) {
    case 0: // delete a stretch
      return text.slice(0, at) + text.slice(at + Math.floor(random() * 20));
    case 1: // type something
      return text.slice(0, at) + pickFrom(random, typed) + text.slice(at);
    case 2: // delete lines
      return [...lines.slice(0, line), ...lines.slice(line + 1 + Math.floor(random() * 3))].join('\n');
    case 3: // copy a line down
      return [...lines.slice(0, line + 1), ...lines.slice(line)].join('\n');
    case 4: // indent or outdent
      return lines
        .map((it, i) => (i === line ? (random() < 0.5 ? `  ${it}` : it.replace(/^ {1,2}/, '')) : it))
        .join('\n');
    case 5: // insert a line
      return [...lines.slice(0, line), pickFrom(random, wholeLines), ...lines.slice(line)].join('\n');
    case 6: {
      // move lines
      const moved = lines.slice(line, line + 3);
      const rest = [...lines.slice(0, line), ...lines.slice(line + 3)];
      rest.splice(Math.floor(random() * rest.length), 0, ...moved);
      return rest.join('\n');
    }
    case 7: {
      // paste from elsewhere
      const other = pickFrom(random, others).split('\n');
      const from = Math.floor(random() * other.length);
      return [...lines.slice(0, line), ...other.slice(from, from + 4), ...lines.slice(line)].join('\n');
    }
    case 8: {
      // rename a word everywhere
      const words = text.match(/\b[a-z]{2,}\b/g) ?? ['x'];
      return text.replaceAll(pickFrom(random, words), pickFrom(random, words));
    }
    default: // comment a line out or in
      return lines.map((it, i) => (i === line ? (it.startsWith('#') ? it.slice(1) : `#${it}`) : it)).join('\n');
  }
}

const typed = [
  ' ',
  ':',
  '\n',
  '\t',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '- ',
  '&a ',
  '*a',
  '<<: *a',
  '|\n',
  '>-\n',
  '# ',
  '$',
  '${',
  '${A',
  '!reset ',
  'é',
  '\r\n',
  '\ufeff',
  ',',
  '%',
  '@',
  '? ',
  ': ',
  '0',
  'x',
];

const wholeLines = [
  '---',
  '...',
  'services:',
  'networks:',
  'volumes: {}',
  'x-base: &a { image: "nginx:1.27" }',
  '  web:',
  '  db:',
  '    image: nginx:1.27',
  '    depends_on: [db, web]',
  '    networks: [front]',
  '    <<: *a',
  '    environment:',
  '      - A=$B',
  '  front: {}',
  '      front:',
  "    command: '",
  '    command: >',
  '}',
  ']',
  'include: [base.yaml]',
  '    extends: { file: base.yaml, service: web }',
  '    extends: db',
];
