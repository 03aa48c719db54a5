// The README as the package has it: VS Code's page of an extension shows no picture by a path, only by https: and data: addresses.
import { readFileSync } from 'node:fs';

/** The pictures of `markdown` are PNG files with paths from the present folder; each becomes part of the text. */
export function withPictures(markdown) {
  return markdown.replace(
    /(!\[[^\]]*\]\()([\w./-]+\.png)\)/g,
    (_all, before, path) => `${before}data:image/png;base64,${readFileSync(path, 'base64')})`,
  );
}
