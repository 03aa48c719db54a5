import type { DocumentService } from '../../../server/src/protocol.js';
import type { Project, Service } from '../model/projects.js';
import { sameUri } from '../model/paths.js';
import { countText, healthText, present } from '../tree/present.js';

/** One text over a service and the command behind it, which acts on that service. */
export interface Lens {
  readonly title: string;
  readonly tooltip: string;
  readonly command: string;
}

/** What runs of a service of a document, and what one does about that; nothing where nothing of its project runs. */
export function lensesOf(
  projects: readonly Project[],
  { name, project: named }: DocumentService,
  trusted: boolean,
): readonly Lens[] {
  const project = projects.find(
    ({ target, workspace, variants }) =>
      named?.target === target && [workspace, ...variants].some((it) => it && sameUri(it.files[0] ?? '', named.uri)),
  );
  const service = project?.services.find((it) => it.name === name);
  if (!project || !service || !isUp(project) || !isWanted(service)) return [];
  return [
    stateLens(project, service),
    ...(trusted ? actions(service) : []),
    ...(hasLogs(service)
      ? [{ title: 'logs', tooltip: `Follow the logs of ${name}`, command: 'longshore.composeLogs' }]
      : []),
  ];
}

export function isUp({ services }: Project): boolean {
  return services.some(({ running }) => running > 0);
}

/** All that the lenses of the projects depend on, to be compared. */
export function lensState(projects: readonly Project[]): string {
  const services = projects.filter(isUp).flatMap(({ services }) => services);
  return services
    .map((it) => [it.key, it.health, it.running, it.desired, it.drifted, it.swarm?.update?.state].join())
    .join('\n');
}

/** A service of a profile that nobody asked for is not missing. */
function isWanted(service: Service): boolean {
  return hasLogs(service) || (service.desired ?? 0) > 0 || service.swarm !== undefined;
}

function hasLogs({ replicas, tasks }: Service): boolean {
  return replicas.length + tasks.length > 0;
}

/** As the service stands in the view, without what the file says itself. */
function stateLens(project: Project, service: Service): Lens {
  const { icon, accessibleLabel } = present({ kind: 'service', project, service });
  const { health, swarm, drifted } = service;
  const update = swarm?.update?.state;
  const words = [
    countText(service),
    update && update !== 'completed' ? update.replaceAll('_', ' ') : '',
    health === 'healthy' || health === 'stopped' ? '' : healthText(service),
    drifted ? 'file changed' : '',
  ];
  return {
    // The editor leaves out a plain space behind an icon.
    title: `$(${icon.name})\u00a0${words.filter(Boolean).join(' · ')}`,
    tooltip: `${accessibleLabel}. Show it in the view Services.`,
    command: 'longshore.revealService',
  };
}

function actions({ name, target, swarm, running, health }: Service): readonly Lens[] {
  if (target === 'stack') {
    const scalable = swarm?.mode === 'replicated';
    return scalable
      ? [{ title: 'scale', tooltip: `Change how many tasks ${name} has`, command: 'longshore.serviceScale' }]
      : [];
  }
  if (health === 'done') return [];
  return running > 0
    ? [{ title: 'scale', tooltip: `Change how many replicas ${name} has`, command: 'longshore.composeScale' }]
    : [{ title: 'start', tooltip: `Bring ${name} up`, command: 'longshore.composeUp' }];
}
