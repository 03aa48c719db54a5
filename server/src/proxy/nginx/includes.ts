import type { Context, NginxConfig } from '../rule.js';
import { allDirectives, type NginxFile } from './parse.js';

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
