import { isExternal } from '../model/resource.js';
import type { Service } from '../model/service.js';
import { get, items, str, isTrue, type Place, type Value } from '../model/value.js';
import { listAround } from '../syntax/find.js';
import { targets } from '../target.js';
import { replaceText, type Fixes } from './fixes.js';
import type { Mention, MentionRule } from './rule.js';

export const missingFile: MentionRule = {
  id: 'missing-file',
  scope: 'mention',
  severity: 'warning',
  stops: true,
  targets,
  docs: {
    summary: 'A file that the tool reads is not there.',
    why: 'Files of `env_file` and `label_file` are read before anything starts, and those of secrets and configs when a stack is deployed: without them the tool stops. This is no error, as the file may be there on the machine that matters.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    env_file: web.env\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    env_file: web.env\n#- /web.env\nMODE=fast\n',
    tool: 'env file …/web.env not found',
  },
  *mentions(of, { target }) {
    if (!('kind' in of)) {
      if (target === 'compose' && !of.active) return;
      yield* envFiles(of);
      if (target === 'compose') yield* named(get(of.value, 'label_file'), 'label_file');
    } else if ((of.kind === 'secret' || of.kind === 'config') && !isExternal(of)) {
      yield* named(get(of.value, 'file'), 'file');
    }
  },
  *check(mention, files, { target }) {
    const { path, at, via } = mention;
    if (mention.optional) return;
    const found = path === '' ? 'missing' : files.stat(mention);
    if (found === 'file' || found === 'unknown' || (via === 'file' && target === 'compose' && found === 'folder'))
      return;
    const tool = target === 'compose' ? 'docker compose' : 'docker stack deploy';
    const when = via === 'file' && target === 'compose' ? 'the container cannot be started' : `${tool} stops`;
    yield {
      at,
      message:
        path === ''
          ? `The path is empty: ${when}.`
          : found === 'folder'
            ? `\`${path}\` is a folder: ${when}.`
            : `File \`${path}\` does not exist here: ${when} without it.`,
      fixes: target === 'compose' && via === 'env_file' ? letItBeMissing(mention) : [],
    };
  },
};

/** Says of a file of `env_file` that it may be missing: beside its `path`, or as the long form of what is there. */
function letItBeMissing({ at, required }: Mention): Fixes {
  const { text } = at.block;
  const title = 'Let it be missing: `required: false`';
  if (required) return softened(required.at, 'false', title);
  const beside = /^(\s*(?:- +)*)path:\s+$/.exec(text.slice(text.lastIndexOf('\n', at.start - 1) + 1, at.start))?.[1];
  const own = text.slice(at.start, at.end);
  if (beside !== undefined) return softened(at, `${own}\n${' '.repeat(beside.length)}required: false`, title);
  const long = `{ path: ${/[,[\]{}]/.test(own) && !/^["']/.test(own) ? `"${own}"` : own}, required: false }`;
  if (listAround(at.block, at.start)) return softened(at, long, title);
  return /env_file:\s+$/.test(text.slice(0, at.start)) ? softened(at, `[${long}]`, title) : [];
}

function softened(at: Place, text: string, title: string): Fixes {
  return replaceText(at, text, title).map((fix) => ({ ...fix, preferred: false }));
}

/** Files of `env_file`. */
export function* envFiles(service: Service): Iterable<Mention> {
  const value = get(service.value, 'env_file');
  for (const item of value?.kind === 'seq' ? value.items : [value]) {
    const required = get(item, 'required');
    const format = get(item, 'format');
    const path = item?.kind === 'map' ? get(item, 'path') : item;
    for (const mention of named(path, 'env_file'))
      yield {
        ...mention,
        ...(format && { format }),
        ...(required && { required }),
        optional: required !== undefined && !isTrue(required),
      };
  }
}

function* named(value: Value | undefined, via: string): Iterable<Mention> {
  for (const item of value?.kind === 'seq' ? items(value) : [value]) {
    const path = str(item);
    if (path !== undefined && item) yield { path, at: item.at, via };
  }
}
