/** A stretch of a line that looks the same. */
export interface Piece {
  readonly text: string;
  readonly style: Style;
}

export interface Style {
  /** An index of the 16 colours of a terminal, or `#rrggbb`. */
  readonly foreground?: number | string | undefined;
  readonly background?: number | string | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
}

/** The text as a terminal would show it at last: no control characters, and after a carriage return what overwrote the line. */
export function plainText(text: string): string {
  return control.test(text) ? overwritten(text.replace(sequence, '')).replace(controls, '') : text;
}

/** The same text in pieces, by the colours and attributes that the line asks for. */
export function pieces(text: string): readonly Piece[] {
  if (!control.test(text)) return text ? [{ text, style: plain }] : [];
  const found: Piece[] = [];
  let style = plain;
  let from = 0;
  const add = (raw: string): void => {
    const clean = raw.replace(controls, '');
    if (clean) found.push({ text: clean, style });
  };
  const line = overwritten(text);
  for (const { 0: escape, index } of line.matchAll(sequence)) {
    add(line.slice(from, index));
    from = index + escape.length;
    if (/^\u001b\[[\d;:]*m$/.test(escape)) style = styled(style, escape.slice(2, -1));
  }
  add(line.slice(from));
  return found;
}

const plain: Style = {};
const control = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;
/** CSI, OSC and the other strings, and what is left of two characters. */
const sequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;

function overwritten(text: string): string {
  const end = text.endsWith('\r') ? text.length - 1 : text.length;
  return text.slice(text.lastIndexOf('\r', end - 1) + 1, end);
}

function styled(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let style = before;
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const { color, used } = extended(codes.slice(index + 1));
      if (color !== undefined) style = { ...style, [code === 38 ? 'foreground' : 'background']: color };
      index += used;
    } else style = simple(style, code);
  }
  return style;
}

function simple(style: Style, code: number): Style {
  if (code >= 30 && code <= 37) return { ...style, foreground: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, foreground: code - 82 };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  switch (code) {
    case 0:
      return plain;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strike: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underline: false };
    case 27:
      return { ...style, inverse: false };
    case 29:
      return { ...style, strike: false };
    case 39:
      return { ...style, foreground: undefined };
    case 49:
      return { ...style, background: undefined };
    default:
      return style;
  }
}

/** What follows a 38 or 48: `5;n` of 256 colours, or `2;r;g;b`. */
function extended([kind, ...values]: readonly number[]): { readonly color?: number | string; readonly used: number } {
  const byte = (value: number | undefined): number => Math.min(255, Math.max(0, Math.trunc(value ?? 0) || 0));
  if (kind === 2) return { color: hex(byte(values[0]), byte(values[1]), byte(values[2])), used: 4 };
  if (kind !== 5) return { used: 0 };
  const index = byte(values[0]);
  if (index < 16) return { color: index, used: 2 };
  if (index >= 232) {
    const gray = 8 + (index - 232) * 10;
    return { color: hex(gray, gray, gray), used: 2 };
  }
  const level = (place: number): number => {
    const step = Math.trunc((index - 16) / place) % 6;
    return step === 0 ? 0 : 55 + step * 40;
  };
  return { color: hex(level(36), level(6), level(1)), used: 2 };
}

function hex(...channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
