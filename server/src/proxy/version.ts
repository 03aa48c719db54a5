/** A release as written in an image's tag: the numbers that are known, so that `1.27` stands for every 1.27.x. */
export type Version = readonly number[];

/** Reads `1.27.3`, `1.27-alpine` or `3.2.1-dev`; undefined for `latest`, `stable` and the like. */
export function parseVersion(tag: string): Version | undefined {
  const numbers = /^v?(\d+(?:\.\d+)*)(?:[-+_].*)?$/.exec(tag)?.[1];
  return numbers?.split('.').map(Number);
}

/** Whether every release that a version stands for comes before another; false where that is not known. */
export function isBefore(version: Version | undefined, release: string): boolean {
  if (version === undefined) return false;
  const numbers = release.split('.').map(Number);
  for (const [index, number] of numbers.entries()) {
    const ours = version[index];
    if (ours === undefined) return false;
    if (ours !== number) return ours < number;
  }
  return false;
}

/** Whether every release that a version stands for is another one or comes after it; true where the version is not known. */
export function isFrom(version: Version | undefined, release: string): boolean {
  if (version === undefined) return true;
  for (const [index, number] of release.split('.').map(Number).entries()) {
    const ours = version[index];
    if (ours === undefined) return true;
    if (ours !== number) return ours > number;
  }
  return true;
}
