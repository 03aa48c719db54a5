const names: readonly string[] = ['nginx', 'haproxy'];

/**
 * The languages of proxy files: ours, which have names nobody else uses, and the names other extensions give to theirs. Were ours
 * called the same, our colours and files would take the place of theirs.
 */
export const proxyLanguages: readonly string[] = [
  ...names.map((name) => `longshore-${name}`),
  ...names,
  'NGINX',
  'HAProxy',
];

/** Whether another extension gave a proxy's file its language, whatever the case: it may know the proxy's words too. */
export function isOthersProxy(id: string): boolean {
  return !id.startsWith('longshore-') && names.some((it) => id.toLowerCase().includes(it));
}

/** The language of another extension for what is in one of ours; undefined where nobody provides one, or it is none of ours. */
export function othersLanguage(id: string, known: readonly string[]): string | undefined {
  const name = names.find((it) => id === `longshore-${it}`);
  return name === undefined ? undefined : known.find((it) => it.toLowerCase() === name);
}
