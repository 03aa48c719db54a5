import type { Span } from '../../text/span.js';

/** Whether the block of a directive holds code in Lua and no directives. */
export function isLuaBlock(name: string | undefined): boolean {
  return name !== undefined && name.endsWith('_by_lua_block');
}

/** Lua code up to the brace that closes its block, which strings and comments may hold as well. */
export function luaCode(text: string, start: number): Span {
  let depth = 1;
  let at = start;
  while (at < text.length) {
    const char = text[at];
    if (char === '{') depth++;
    else if (char === '}' && --depth === 0) break;
    at =
      char === '"' || char === "'"
        ? endOfLuaString(text, at, char)
        : char === '-' || char === '['
          ? endOfLuaLong(text, at)
          : at + 1;
  }
  return { start, end: Math.min(at, text.length) };
}

function endOfLuaString(text: string, start: number, quote: string): number {
  let at = start + 1;
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The end of a comment or of a long string such as `[==[ … ]==]`; otherwise the next character. */
function endOfLuaLong(text: string, start: number): number {
  const comment = text.startsWith('--', start);
  const bracket = /^\[(=*)\[/.exec(text.slice(comment ? start + 2 : start, start + 40));
  const closing = bracket ? text.indexOf(`]${bracket[1] ?? ''}]`, start) : comment ? text.indexOf('\n', start) : start;
  if (closing < 0) return text.length;
  return bracket ? closing + bracket[0].length : closing + 1;
}
