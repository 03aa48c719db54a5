import type { Span } from '../../text/span.js';
import { failure, success } from './problem.js';
import type { Parsed } from './problem.js';

/** An image reference, `[REGISTRY/]REPOSITORY[:TAG][@DIGEST]`. */
export interface ImageRef {
  /** `docker.io` where none is written. */
  readonly registry: string;
  /** Within the registry; `library/nginx` for `nginx`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly tagSpan?: Span;
  readonly digestSpan?: Span;
  /** Registry and repository as written, without tag and digest. */
  readonly nameSpan: Span;
  /** The whole reference with everything that goes without saying: `docker.io/library/nginx:latest`. */
  readonly normalized: string;
}

/** Reads an image reference as both tools and the Engine do. docker compose itself checks it only when it runs the service. */
export function parseImage(text: string): Parsed<ImageRef> {
  const problem = (message: string, start: number, end: number, cure?: string) =>
    failure(`\`${text}\` is no image reference: ${message}`, text, { start, end }, cure);
  if (text === '') return failure('An image reference cannot be empty.', text);
  const scheme = /^[a-z]+:\/\//i.exec(text)?.[0];
  if (scheme) return problem(`it takes no \`${scheme}\`.`, 0, scheme.length, '');
  const blank = text.search(/\s/);
  if (blank !== -1) return problem('it has no blanks.', blank, blank + 1);

  const at = text.indexOf('@');
  const tagged = at === -1 ? text.length : at;
  const nameStart = registryEnd(text.slice(0, tagged));
  const colon = text.slice(nameStart, tagged).indexOf(':');
  const nameEnd = colon === -1 ? tagged : nameStart + colon;
  const registry = text.slice(0, Math.max(nameStart - 1, 0));
  const path = text.slice(nameStart, nameEnd);
  if (registry && !registryForm.test(registry)) return problem(`\`${registry}\` is no registry.`, 0, registry.length);
  if (path === '') return problem('it names no repository.', 0, text.length);
  if (path !== path.toLowerCase())
    return problem('the repository must be lower case.', nameStart, nameEnd, path.toLowerCase());
  if (!pathForm.test(path)) {
    const form = 'a repository is lower-case letters and digits, with single `.`, `_`, `__` or `-` between them';
    return problem(`${form}.`, nameStart, nameEnd);
  }

  const tag = nameEnd < tagged ? text.slice(nameEnd + 1, tagged) : undefined;
  if (tag === '') return problem('the tag after the colon is missing.', nameEnd, tagged, '');
  if (tag !== undefined && !tagForm.test(tag)) {
    const form = 'a tag is up to 128 letters, digits, `_`, `.` and `-` and starts with none of the last two';
    return problem(`${form}.`, nameEnd + 1, tagged);
  }
  const digest = at === -1 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !digestForm.test(digest)) {
    return problem('a digest is an algorithm, a colon and at least 32 hexadecimal digits.', at + 1, text.length);
  }

  const host = registry || 'docker.io';
  const repository = host === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  if (`${host}/${repository}`.length > 255) return problem('it is longer than 255 characters.', 0, nameEnd);
  const version = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  return success({
    registry: host,
    repository,
    nameSpan: { start: 0, end: nameEnd },
    ...(tag !== undefined && { tag, tagSpan: { start: nameEnd + 1, end: tagged } }),
    ...(digest !== undefined && { digest, digestSpan: { start: at + 1, end: text.length } }),
    normalized: `${host}/${repository}${version || ':latest'}`,
  });
}

/** A first component is a registry only if it looks like one: with `.`, `:` or an upper-case letter, or `localhost`. */
function registryEnd(name: string): number {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  return /[.:A-Z]/.test(first) || first === 'localhost' ? slash + 1 : 0;
}

const hostPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const registryForm = new RegExp(`^(?:${hostPart}(?:\\.${hostPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const pathForm = new RegExp(`^${pathPart}(?:/${pathPart})*$`);
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
