import { plainText } from './ansi.js';
import type { Row } from './lineStore.js';

export type TimeStyle = 'none' | 'local' | 'utc';

/** A row for a file or the clipboard: `2026-11-20 15:14:27.123 api-2 | text`. */
export function formatRow({ time, source, text }: Row, style: TimeStyle): string {
  const stamp = formatTime(time, style);
  return `${stamp ? `${stamp} ` : ''}${source.name} | ${plainText(text)}`;
}

/** Day and time of day to the millisecond; UTC is marked with a Z. Empty where no time is shown or none is known. */
export function formatTime(micros: number, style: TimeStyle): string {
  if (style === 'none' || micros === 0) return '';
  const date = new Date(Math.floor(micros / 1000));
  if (style === 'utc') return date.toISOString().replace('T', ' ');
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
