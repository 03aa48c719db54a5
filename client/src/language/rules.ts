/** The rules that RULES.md has, in its order. */
export function rulesOf(page: string): readonly { readonly id: string; readonly summary: string }[] {
  return Array.from(page.matchAll(/^\| \[`([a-z-]+)`\]\(#\1\) \|.*\| (.*) \|$/gm), ([, id = '', summary = '']) => ({
    id,
    summary,
  }));
}

/** What RULES.md says of one rule, as a page of its own; undefined where there is no such rule. */
export function sectionOf(page: string, id: string): string | undefined {
  const section = page.split(/^(?=## )/m).find((it) => it.startsWith(`## ${id}\n`));
  return section?.slice(1);
}
