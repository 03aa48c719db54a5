import { parseMount } from '../model/mount.js';
import { get, items, str, type Place } from '../model/value.js';
import { targets } from '../target.js';
import { replaceText, type Fixes } from './fixes.js';
import { within } from './grammar.js';
import type { ServiceRule } from './rule.js';

export const mountTarget: ServiceRule = {
  id: 'mount-target',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'The path of a mount in the container is not absolute.',
    why: "Both tools take the file; the Engine then refuses to start the container. A single letter before a colon is a Windows drive, so a volume's name needs two.",
    bad: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - ./site:site\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - ./site:/site\n',
    tool: "invalid mount path: 'site' mount path must be absolute",
  },
  *check({ value }, { target: tool }) {
    for (const item of items(get(value, 'volumes'))) {
      if (item.kind === 'scalar' && typeof item.value === 'string' && !item.unset) {
        const mount = parseMount(item.value, 'compose').value;
        if (mount?.target === '/') yield { at: within(item, mount.targetSpan), message: overRoot };
        if (!mount || isAbsolute(mount.target)) continue;
        const drive = /^([a-zA-Z]):\//.exec(mount.target)?.[1];
        const message =
          drive !== undefined && mount.source === undefined
            ? `\`${drive}:\` is taken for a Windows drive and not for a volume: the Engine refuses to mount \`${mount.target}\`.`
            : `\`${mount.target}\` is no absolute path: the Engine refuses to start the container.`;
        const at = within(item, mount.targetSpan);
        const isWritten = drive === undefined && !item.interpolated;
        yield { at, message, fixes: isWritten ? slash(at, mount.target) : [] };
      } else {
        const target = get(item, 'target');
        const path = str(target);
        if (path === '/' && target) yield { at: target.at, message: overRoot };
        if (item.kind === 'map' && !target && tool === 'stack')
          yield {
            at: item.at,
            message: 'A mount without a `target` has no place in the container: its tasks are rejected.',
          };
        if (target?.kind !== 'scalar' || target.unset || path === undefined || isAbsolute(path)) continue;
        const message = `\`${path}\` is no absolute path: the Engine refuses to start the container.`;
        yield { at: target.at, message, fixes: target.interpolated ? [] : slash(target.at, path) };
      }
    }
  },
};

function slash(at: Place, path: string): Fixes {
  const meant = `/${path.replace(/^\.?\//, '')}`;
  const isVerbatim = at.block.text.slice(at.start, at.end) === path;
  return isVerbatim ? replaceText(at, meant, `Change to \`${meant}\``) : [];
}

const overRoot = 'Nothing can be mounted over `/`: the Engine refuses to start the container.';

/** Windows containers have `C:\\data`. */
function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-zA-Z]:\\/.test(path) || path.startsWith('\\\\');
}
