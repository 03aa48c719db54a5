import type { ShapeFinding } from './shapeFinding.js';

type Path = readonly (string | number)[];

/**
 * What docker compose refuses of the wrong type as soon as it reads a file, before files are brought together and shapes compared:
 * what it turns into the long form, and the items of lists of names. `*` is a name and `#` the number of an item.
 */
const readFirst: ReadonlySet<string> = new Set([
  ...['build', 'depends_on', 'env_file', 'extends', 'gpus', 'ports'],
  ...['build.additional_contexts', 'build.ssh', 'build.ssh.#', 'build.secrets.#'],
  ...['build.args.#', 'build.labels.#', 'build.tags.#', 'deploy.labels.#'],
  ...['annotations.#', 'cap_add.#', 'cap_drop.#', 'dns.#', 'dns_opt.#', 'dns_search.#', 'environment.#', 'expose.#'],
  ...['labels.#', 'links.#', 'profiles.#', 'sysctls.#', 'tmpfs.#'],
  ...['configs.#', 'devices.#', 'ports.#', 'secrets.#', 'volumes.#'],
  ...['depends_on.#', 'depends_on.*', 'models.#', 'networks.#', 'networks.*.aliases.#', 'networks.*.link_local_ips.#'],
  'ulimits.*',
]);

/** Sections and attributes whose keys are names. */
const named: ReadonlySet<unknown> = new Set(['depends_on', 'networks', 'ulimits']);

/** Whether docker compose refuses the file for it even where nothing else of what it is about is looked at. */
export function isReadFirst(path: Path, rule: ShapeFinding['rule']): boolean {
  if (rule === 'missing-key') return patternOf(path) === 'env_file.#';
  return rule === 'wrong-type' && readFirst.has(patternOf(path));
}

function patternOf(path: Path): string {
  const below = path[0] === 'services' ? path.slice(2) : path;
  return below.map((step, i) => (typeof step === 'number' ? '#' : named.has(below[i - 1]) ? '*' : step)).join('.');
}
