/** `zone=east, gpu=true` */
export function labelText(labels: ReadonlyMap<string, string>): string {
  return [...labels].map(([key, value]) => `${key}=${value}`).join(', ');
}

/** A label without `=` is there with an empty value. */
export function parseLabels(text: string): ReadonlyMap<string, string> {
  const parts = text.split(',').map((part) => part.trim());
  return new Map(
    parts.filter(Boolean).map((part) => {
      const [key = '', ...value] = part.split('=');
      return [key.trim(), value.join('=').trim()];
    }),
  );
}

export function checkLabels(text: string): string | undefined {
  const wrong = [...parseLabels(text).keys()].find((key) => !/^[\w.-]+$/.test(key));
  return wrong === undefined ? undefined : `"${wrong}" is no name for a label: letters, digits, dots and dashes are.`;
}
