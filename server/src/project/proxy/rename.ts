import type { PlacedEdit } from '../../compose/rules/rule.js';
import { parseEnvFile } from '../../compose/model/envFile.js';
import { get, items, members, partOf, str, type ScalarValue, type Value } from '../../compose/model/value.js';
import { isWritten } from '../../proxy/destinations.js';
import { variablesIn } from '../../proxy/nginx/variables.js';
import type { Edit } from '../../text/edit.js';
import type { Checked } from '../workspace.js';
import { proxyUses, type ProxyUse } from './uses.js';
import { uriOf } from './world.js';

/** What changes beside the Compose keys when a service gets another name. */
export interface RenameEdits {
  /** In proxy files, `.env` and environment files, by URI; offsets of each file. */
  readonly inFiles: ReadonlyMap<string, readonly Edit[]>;
  /** In `environment`, commands and health checks of the Compose files; looked for as they are taken. */
  readonly inCompose: Iterable<PlacedEdit>;
}

/** Every proxy file, environment variable and environment file that names a service by its own name. */
export function proxyRenameEdits(checked: Checked, service: string, newName: string): RenameEdits {
  const inFiles = new Map<string, Map<number, Edit>>();
  const put = (uri: string, edit: Edit): void => {
    const edits = inFiles.get(uri) ?? new Map<number, Edit>();
    inFiles.set(uri, edits.set(edit.start, edit));
  };
  const filledIn = new Set<string>();
  for (const use of proxyUses(checked)) {
    const { hostAt, host } = use.destination.address;
    const renamed = use.peer.service === service ? renamedHost(use, newName) : undefined;
    if (renamed === undefined) continue;
    if (isWritten(use.file.config, hostAt, host)) put(use.file.uri, { ...hostAt, text: renamed });
    else
      for (const { name } of variablesIn(use.file.config.file.text.slice(hostAt.start, hostAt.end))) filledIn.add(name);
  }
  const hosts = hostFinder(service, filledIn);
  for (const { uri, text, raw } of environmentFiles(checked)) {
    for (const { name, valueSpan } of parseEnvFile(text, raw ? 'raw' : 'dotenv', () => undefined).entries) {
      if (!valueSpan) continue;
      for (const start of hosts(name, text.slice(valueSpan.start, valueSpan.end))) {
        const at = valueSpan.start + start;
        put(uri, { start: at, end: at + service.length, text: newName });
      }
    }
  }
  return {
    inFiles: new Map(Array.from(inFiles, ([uri, edits]) => [uri, [...edits.values()]])),
    inCompose: environmentEdits(checked, service, newName, hosts),
  };
}

/** The name a proxy would have to use; undefined for a name that does not come from the service's own. */
function renamedHost({ name, destination, peer: { service } }: ProxyUse, newName: string): string | undefined {
  const { host } = destination.address;
  const replica = new RegExp(`^(.*-)${escape(service)}(-\\d+)$`, 'i').exec(host);
  if (name.kind === 'containerName') return replica ? `${replica[1] ?? ''}${newName}${replica[2] ?? ''}` : undefined;
  const own = name.kind === 'service' || name.kind === 'taskName';
  if (!own || !host.toLowerCase().endsWith(service.toLowerCase())) return undefined;
  return host.slice(0, -service.length) + newName;
}

function* environmentEdits(
  { project }: Checked,
  service: string,
  newName: string,
  hosts: HostFinder,
): Iterable<PlacedEdit> {
  const seen = new Set<Value>();
  for (const { value } of project.services.values()) {
    for (const { name, scalar, from } of settingsOf(value)) {
      if (scalar.kind !== 'scalar' || !scalar.text.includes(service) || seen.has(scalar)) continue;
      seen.add(scalar);
      for (const start of hosts(name, scalar.text.slice(from))) {
        const edit = editIn(scalar, from + start, service, newName);
        if (edit) yield edit;
      }
    }
  }
}

interface Setting {
  /** Of a variable; empty for what is run. */
  readonly name: string;
  readonly scalar: Value;
  /** Where the value begins in the scalar. */
  readonly from: number;
}

/** What a service's containers are told; names of hosts stand in what they run as in environment values. */
function* settingsOf(service: Value): Iterable<Setting> {
  const environment = get(service, 'environment');
  for (const { key, value } of members(environment)) yield { name: key, scalar: value, from: 0 };
  for (const item of items(environment)) {
    const text = str(item) ?? '';
    const equals = text.indexOf('=');
    if (equals >= 0) yield { name: text.slice(0, equals), scalar: item, from: equals + 1 };
  }
  for (const line of [get(service, 'entrypoint'), get(service, 'command'), get(service, 'healthcheck', 'test')]) {
    for (const scalar of line?.kind === 'seq' ? line.items : line ? [line] : []) yield { name: '', scalar, from: 0 };
  }
}

function editIn(scalar: ScalarValue, start: number, service: string, newName: string): PlacedEdit | undefined {
  const at = partOf(scalar, { start, end: start + service.length });
  return at.block.text.slice(at.start, at.end) === service ? { at, text: newName } : undefined;
}

type HostFinder = (variable: string, value: string) => readonly number[];

/**
 * Where a variable's value names a service as a host: in a URL, before a port, or alone in a variable that is called after a host or
 * that a proxy's file has in the place of one (`hostVariables`).
 */
function hostFinder(service: string, hostVariables: ReadonlySet<string>): HostFinder {
  const name = escape(service);
  const inUrl = new RegExp(`(?<=^|[\\s"',;])[a-z][a-z0-9+.-]*://(?:[^\\s/@]*@)?(?=${name}(?:[:/?#,\\s"']|$))`, 'gi');
  const withPort = new RegExp(`(?<![\\w.$\\{/@:-])(?=${name}:\\d{1,5}(?!\\d))`, 'g');
  const alone = new RegExp(`^(["']?)(?=${name}\\1$)`);
  return (variable, value) => {
    const starts = [
      ...Array.from(value.matchAll(inUrl), (match) => match.index + match[0].length),
      ...Array.from(value.matchAll(withPort), (match) => match.index),
    ];
    const whole = hostVariable.test(variable) || hostVariables.has(variable) ? alone.exec(value) : null;
    if (whole) starts.push(whole[0].length);
    return [...new Set(starts)];
  };
}

const hostVariable = /host|server|addr|endpoint|upstream|backend|broker|service|target|proxy|url|uri/i;

interface EnvironmentFile {
  readonly uri: string;
  readonly text: string;
  readonly raw: boolean;
}

function* environmentFiles({ world, project, variables }: Checked): Iterable<EnvironmentFile> {
  for (const file of variables.read) yield { ...file, raw: false };
  for (const { value } of project.services.values()) {
    const listed = get(value, 'env_file');
    for (const item of listed?.kind === 'seq' ? listed.items : listed ? [listed] : []) {
      const path = item.kind === 'map' ? get(item, 'path') : item;
      const uri = path && uriOf(world, str(path) ?? '', path.at);
      const text = uri === undefined ? undefined : world.host.readText(uri);
      const raw = project.target === 'stack' || str(get(item, 'format')) === 'raw';
      if (uri !== undefined && text !== undefined) yield { uri, text, raw };
    }
  }
}

function escape(text: string): string {
  return text.replace(/[.+*?^${}()|[\]\\]/g, '\\$&');
}
