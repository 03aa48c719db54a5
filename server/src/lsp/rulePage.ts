/**
 * Where a rule is explained. A client may name a place of its own by the initialization option `ruleUri`, with `{rule}` in it; without
 * one it is the page that lies beside the server, if it does.
 */
export function rulePage(
  initializationOptions: unknown,
  page: string | undefined,
): (rule: string) => string | undefined {
  const own = (initializationOptions as { readonly ruleUri?: unknown } | null | undefined)?.ruleUri;
  const template = typeof own === 'string' && own.includes('{rule}') ? own : page && `${page}#{rule}`;
  return (rule) => template?.replace('{rule}', encodeURIComponent(rule));
}
