/** Whether a variable of this name likely holds a password, key or token; `PWD` alone is a folder. */
export function looksSecret(name: string): boolean {
  return /(^|_)(PASS(WORD|WD|PHRASE)?|(?<!^)PWD|SECRET|TOKEN|CREDENTIALS?|AUTH|SALT|DSN|((API|ACCESS|PRIVATE|SIGNING|ENCRYPTION)_?)?KEY)(_|$)/i.test(
    name,
  );
}

/** The value as it may be shown on a screen: nothing of one that looks secret, nor of a password in a URL. */
export function shownValue(name: string, value: string): string {
  if (looksSecret(name) && value !== '') return '••••••';
  return value.replace(/(:\/\/[^:/@\s]*:)[^@/\s]+(?=@)/g, '$1••••••');
}

/** What a scalar became, as it may be shown: `names` are its key and variables; `text`, as it is written, may begin with `NAME=`. */
export function shownScalar(names: readonly string[], text: string, value: string): string {
  const assigned = /^([\w.-]+)=/.exec(text)?.[1];
  const secret = [...names, ...(assigned === undefined ? [] : [assigned])].find(looksSecret);
  return shownValue(secret ?? '', value);
}
