/**
 * The index of the file that shares the longest end with a path, folder by folder: `/app/api/main.py` in a container is
 * `services/api/main.py` here. Of several the shortest; undefined where not even the name is the same.
 */
export function bestMatch(path: string, files: readonly string[]): number | undefined {
  const wanted = path.split('/').reverse();
  let best: { readonly index: number; readonly shared: number; readonly length: number } | undefined;
  files.forEach((file, index) => {
    const parts = file.split('/').reverse();
    const differs = parts.findIndex((part, place) => part !== wanted[place]);
    const shared = differs < 0 ? parts.length : differs;
    if (shared === 0) return;
    const better = !best || shared > best.shared || (shared === best.shared && file.length < best.length);
    if (better) best = { index, shared, length: file.length };
  });
  return best?.index;
}
