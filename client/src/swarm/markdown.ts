/** Names come from files and labels: none of them is Markdown. */
export function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&');
}

export function code(text: string): string {
  return `\`${text.replaceAll('`', 'ˋ')}\``;
}

/** A context value, for the `when` clauses of menus. */
export function facets(...words: readonly string[]): string {
  return words.filter(Boolean).join(';');
}
