import { losesFirstShape, losesShape } from '../model/merge.js';
import type { Project } from '../model/project.js';
import { get, type Place, type Value } from '../model/value.js';
import type { Reported } from './run.js';

/**
 * What the findings of one file come to in a project of docker compose. It compares shapes only after it has brought files together:
 * what is laid over something else may be another thing by then, and of a file that is extended nothing else is looked at.
 */
export function inProject(found: readonly Reported[], uri: string, project: Project): readonly Reported[] {
  const bases = project.partial.get(uri);
  return found.flatMap((it) => {
    if (!it.path) return it;
    if (!bases) return isJoined(it, it.path, project.root) || isSupplied(it, it.path, project) ? [] : it;
    const [section, base, ...below] = it.path;
    if (it.readFirst) return it;
    const heirs = section === 'services' ? bases.get(String(base)) : undefined;
    if (!heirs) return unread(it);
    const isIn = (heir: string): boolean => {
      const path = ['services', heir, ...below];
      return project.stages.some((root) => remains(it, path, root)) && !isSupplied(it, path, project);
    };
    return [...heirs].some(isIn) ? it : [];
  });
}

function unread(it: Reported): Reported {
  if (it.severity !== 'error') return it;
  const message = `${it.message} Of this file it reads only what other services extend.`;
  return { ...it, severity: 'warning', message };
}

/** Whether the text of a finding became part of something else. */
function isJoined({ at }: Reported, path: Path, root: Value | undefined): boolean {
  let value = root;
  for (const [depth, key] of path.entries()) {
    value = get(value, String(key));
    if (value?.joined?.some((text) => contains(text, at)) && losesShape(path, depth + 1)) return true;
  }
  return false;
}

/** Whether the text of a finding about a service that is extended is still what a service of the project has there. */
function remains({ at }: Reported, path: Path, root: Value | undefined): boolean {
  const { block } = at;
  let value = root;
  for (const [depth, key] of path.entries()) {
    const member = value?.kind === 'map' ? value.members.get(String(key)) : undefined;
    if (value?.kind === 'seq') return true; // its items stand behind others now
    if (!member) return false;
    value = member.value;
    if (value.joined && losesFirstShape(path, depth + 1)) return false;
    if (value.joined?.some((text) => contains(text, at)) && losesShape(path, depth + 1)) return false;
    if (depth === path.length - 1) return value.at.block === block || member.keyAt.block === block;
  }
  return true;
}

/** Whether what is missing is there where the files are one: of files given and their documents, an earlier one must have it. */
function isSupplied({ at, lacks }: Reported, path: Path, { root, files, origins }: Project): boolean {
  if (!lacks) return false;
  const whole = path.reduce<Value | undefined>((value, key) => get(value, String(key)), root);
  if (whole?.kind !== 'map') return false;
  const given = [...files.keys()].filter((uri) => !origins.has(uri));
  const fileOf = ({ block: { uri } }: Place): number => given.indexOf(uri);
  const documentOf = ({ block }: Place): number =>
    files.get(block.uri)?.source.blocks.find((it) => it.block === block)?.document ?? 0;
  return lacks.every((key) => {
    const from = whole.members.get(key)?.keyAt;
    if (!from) return false;
    return from.block.uri === at.block.uri ? documentOf(from) <= documentOf(at) : fileOf(from) <= fileOf(at);
  });
}

type Path = readonly (string | number)[];

function contains(text: Place, at: Place): boolean {
  return text.block === at.block && text.start <= at.start && at.end <= text.end;
}
