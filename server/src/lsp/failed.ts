/** What the log says of something that threw. */
export function failed(what: string, error: unknown): string {
  return `${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
