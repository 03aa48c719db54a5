import { parseAssignment } from '../../compose/model/environment.js';
import { parseEnvFile, valuesOf } from '../../compose/model/envFile.js';
import type { Service } from '../../compose/model/service.js';
import { get, members, str, type Value } from '../../compose/model/value.js';
import { uriOf, type World } from './world.js';

/** The variables a service's container gets from its files, with their values; a name whose value comes from outside has an empty one. */
export function environmentOf(world: World, service: Service): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const { project, host } = world;
  for (const item of listOf(get(service.value, 'env_file'))) {
    const path = item.kind === 'map' ? get(item, 'path') : item;
    const uri = path && uriOf(world, str(path) ?? '', path.at);
    const text = uri === undefined ? undefined : host.readText(uri);
    if (text === undefined) continue;
    const format = project.target === 'stack' || str(get(item, 'format')) === 'raw' ? 'raw' : 'dotenv';
    for (const [name, value] of valuesOf(parseEnvFile(text, format, (it) => host.variable(it)))) found.set(name, value);
  }
  const environment = get(service.value, 'environment');
  for (const { key, value } of members(environment)) found.set(key, textOf(value) ?? host.variable(key) ?? '');
  for (const item of listOf(environment?.kind === 'seq' ? environment : undefined)) {
    const assignment = parseAssignment(str(item) ?? '', project.target).value;
    if (assignment) found.set(assignment.name, assignment.value ?? host.variable(assignment.name) ?? '');
  }
  return found;
}

function listOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'seq' ? value.items : value ? [value] : [];
}

function textOf(value: Value): string | undefined {
  return value.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}
