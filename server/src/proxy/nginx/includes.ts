import type { Context, NginxConfig, ProxyConfig } from '../rule.js';
import type { NginxFile } from './parse.js';
import { allDirectives } from './walk.js';

/** A file and the other ones that the same nginx reads. */
export function nginxFiles(file: NginxFile, siblings: readonly ProxyConfig[]): readonly NginxFile[] {
  return [file, ...siblings.flatMap((it) => (it.kind === 'nginx' ? [it.file] : []))];
}

/** Whether a file and its siblings hold everything that nginx reads, so that what they do not define nothing defines. */
export function definesAll({ file, place }: NginxConfig, { complete, official }: Context): boolean {
  // Modules of another image may define more.
  return official !== false && (complete || (place === 'm' && !hasOpenInclude(file)));
}

/** Files that every nginx image has beside its configuration define no names. */
function hasOpenInclude(file: NginxFile): boolean {
  for (const directive of allDirectives(file.directives)) {
    const pattern = directive.args[0]?.value ?? '';
    if (
      directive.name.value === 'include' &&
      !/(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf)$/.test(pattern)
    )
      return true;
  }
  return false;
}
