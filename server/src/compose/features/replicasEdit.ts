import { isGlobal } from '../model/replicas.js';
import { addBelow } from '../rules/fixes.js';
import type { PlacedEdit } from '../rules/rule.js';
import { entryAt } from '../syntax/find.js';
import type { Project } from '../model/project.js';
import { get, type Place } from '../model/value.js';

/**
 * The smallest edit that makes a service ask for so many replicas. Undefined where no edit of the service's own text would do:
 * it is unknown or global, or its `deploy` comes through an alias that others share.
 */
export function replicasEdit(project: Project, name: string, replicas: number): readonly PlacedEdit[] | undefined {
  const service = project.services.get(name);
  if (!service || isGlobal(service.value)) return undefined;
  const { nameAt } = service;
  const written = [get(service.value, 'deploy', 'replicas'), get(service.value, 'scale')].filter(
    (it) => it !== undefined,
  );
  if (written.length > 0) {
    const places = written.map(({ at }) => at);
    return places.every((at) => isOwn(project, name, at))
      ? places.map((at) => ({ at, text: String(replicas) }))
      : undefined;
  }
  const deploy = get(service.value, 'deploy');
  if (deploy && deploy.at.block === nameAt.block && !isInside(nameAt, deploy.at)) return undefined;
  if (deploy && deploy.at.block !== nameAt.block && !isOwn(project, name, deploy.at)) return undefined;
  return addBelow(nameAt, { deploy: { replicas: String(replicas) } }, '')[0]?.edits;
}

/** Whether a place is in the text of the service itself, in one of the project's files, and not in an anchor of another. */
function isOwn(project: Project, name: string, at: Place): boolean {
  for (const { documents } of project.files.values()) {
    for (const document of documents) {
      const services = get(document, 'services');
      const member = services?.kind === 'map' ? services.members.get(name) : undefined;
      if (member && isInside(member.keyAt, at)) return true;
    }
  }
  return false;
}

function isInside({ block, start }: Place, at: Place): boolean {
  const value = entryAt(block, start)?.entry.value;
  return block === at.block && value !== undefined && value.start <= at.start && at.end <= value.end;
}
