/** A piece of JSON; bytes are UTF-8. */
export type JsonPart = string | Uint8Array;

/** What knows the JSON of an answer in parts, by the answer. */
const known = new WeakMap<object, () => readonly JsonPart[]>();

/** Has the JSON of an answer put together from parts where it is ours to make: over stdio, not over Node's IPC. */
export function withJson<T extends object>(answer: T, parts: () => readonly JsonPart[]): T {
  known.set(answer, parts);
  return answer;
}

/** The JSON of a message in UTF-8. */
export function jsonOf(message: object): Uint8Array {
  const { result, ...rest } = message as { readonly result?: unknown };
  const parts = typeof result === 'object' && result !== null ? known.get(result) : undefined;
  if (!parts) return Buffer.from(JSON.stringify(message));
  const all = [JSON.stringify(rest).slice(0, -1), ',"result":', ...parts(), '}'];
  return Buffer.concat(all.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}
