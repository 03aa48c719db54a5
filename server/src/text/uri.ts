/**
 * Files are named by `file:` URIs without percent-encoding (`file:///srv/app/compose.yaml`, `file:///c:/app/compose.yaml`), one
 * spelling a file, so that they can be compared as strings.
 */

/**
 * The URI of a path written in a file: absolute, or relative to a folder. Undefined for what is no local path, such as one beside a
 * document that was never saved.
 */
export function resolveUri(folder: string, path: string): string | undefined {
  if (isRemote(path) || path.startsWith('~')) return undefined;
  const slashed = path.replaceAll('\\', '/');
  if (slashed.startsWith('/')) return normalize(`file://${slashed}`);
  if (/^[a-zA-Z]:\//.test(slashed)) return normalize(`file:///${slashed.charAt(0).toLowerCase()}${slashed.slice(1)}`);
  return folder.startsWith('file://') ? normalize(`${folder}/${slashed}`) : undefined;
}

/** Whether a path is a URL or a Git or OCI reference, which docker compose fetches. */
export function isRemote(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(path) || /^(oci:|git@|github\.com\/)/.test(path);
}

/** The folder of a file, without a slash at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

export function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

/** The spelling used inside, from what a client or a tool wrote. */
export function canonicalUri(uri: string): string {
  let decoded = uri;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    // A stray `%` is part of the name.
  }
  return decoded.replace(/^file:\/\/\/([A-Z]):/, (_, drive: string) => `file:///${drive.toLowerCase()}:`);
}

/** The spelling for clients and links. Half a character of UTF-16, which no URI can hold, becomes U+FFFD, as in a file's bytes. */
export function encodedUri(uri: string): string {
  return uri.replace(/[^a-zA-Z0-9/:._~!$&'()*+,;=@-]/gu, (char) =>
    encodeURIComponent(char.replace(/\p{Surrogate}/u, '\ufffd')),
  );
}

/** How a file is reached from a folder, for messages; the whole path where it is not below it. */
export function relativePath(folder: string, uri: string): string {
  return uri.startsWith(`${folder}/`) ? uri.slice(folder.length + 1) : uri.replace('file://', '');
}

function normalize(uri: string): string {
  // On Windows a file may be another machine's: `file://wsl.localhost/Debian/srv/compose.yaml`.
  const [machine = '', ...parts] = uri.slice('file://'.length).split('/');
  const done: string[] = [];
  for (const part of parts) {
    if (part === '..') done.pop();
    else if (part !== '.' && part !== '') done.push(part);
  }
  return `file://${machine}/${done.join('/')}`;
}
