import type { LogSource } from '../engine/engine.js';
import type { Project, Service } from '../model/projects.js';
import type { Task } from '../engine/swarm.js';
import type { Target } from '../model/target.js';

/** What a log view follows, by names that outlive any container. */
export type LogScope = readonly ScopePart[];

export interface ScopePart {
  /** Keys of the model. */
  readonly project: string;
  /** All of the project where undefined. */
  readonly service?: string;
  /** The number of a replica or the slot of a task; all of the service where undefined. */
  readonly number?: number;
  /** For people: `shop`, `api`, `api-2`. */
  readonly name: string;
}

/** What of a project a log view looks at. */
export interface Logged extends Pick<Project, 'key' | 'name'> {
  readonly services: readonly (Pick<Service, 'key' | 'name' | 'replicas'> & {
    readonly tasks: readonly LoggedTask[];
  })[];
}

export interface LoggedTask extends Task {
  /** The node, where it and no slot tells a task from its neighbours. */
  readonly place?: string;
}

/** A container or task that a scope contains. */
export interface FollowedSource {
  readonly id: string;
  /** `api-2`; with the project in front where several are followed. */
  readonly name: string;
  /** From 0 to 11: the same for the same name, and different for replicas that are neighbours. */
  readonly color: number;
  readonly running: boolean;
  readonly log: LogSource;
}

/** A target beside its own project or service adds nothing. */
export function scopeOf(targets: readonly Target[]): LogScope {
  const parts = targets.map((target): ScopePart => {
    const project = target.project.key;
    if (target.kind === 'project') return { project, name: target.project.name };
    const { key: service, name } = target.service;
    if (target.kind === 'service') return { project, service, name };
    const number = target.kind === 'replica' ? target.replica.number : target.task.slot;
    return number === undefined
      ? { project, service, name }
      : { project, service, number, name: shortName(name, number) };
  });
  const unique = parts.filter((part, index) => parts.findIndex((other) => isSame(other, part)) === index);
  return unique.filter((part) => !unique.some((other) => other !== part && contains(other, part)));
}

export function sourcesOf(scope: LogScope, projects: readonly Logged[]): readonly FollowedSource[] {
  const several = new Set(scope.map(({ project }) => project)).size > 1;
  return projects.flatMap((project) =>
    project.services.flatMap((service) => {
      const parts = scope.filter(
        (part) => part.project === project.key && (part.service ?? service.key) === service.key,
      );
      const wanted = (number: number | undefined): boolean =>
        parts.some((part) => part.number === undefined || part.number === number);
      const named = (
        source: Pick<FollowedSource, 'id' | 'running' | 'log'>,
        number: number,
        place: string | number = number,
      ): FollowedSource => {
        const name = shortName(service.name, place);
        return { ...source, name: several ? `${project.name}/${name}` : name, color: colorOf(service.name, number) };
      };
      return [
        ...service.replicas
          .filter(({ number }) => wanted(number))
          .map(({ id, state, number }) =>
            named({ id, running: state === 'running', log: { kind: 'replica', id } }, number),
          ),
        ...tasksOf(service)
          .filter(({ slot }) => wanted(slot))
          .map(({ id, state, slot, place }, index) =>
            named({ id, running: state === 'running', log: { kind: 'task', id } }, slot ?? index + 1, place),
          ),
      ];
    }),
  );
}

/** A task that never had a container has no log. */
function tasksOf({ tasks }: Logged['services'][number]): readonly LoggedTask[] {
  return tasks.filter(({ containerId }) => containerId !== undefined);
}

function isSame(a: ScopePart, b: ScopePart): boolean {
  return a.project === b.project && a.service === b.service && a.number === b.number;
}

function contains(whole: ScopePart, part: ScopePart): boolean {
  if (whole.project !== part.project) return false;
  if (whole.service === undefined) return part.service !== undefined;
  return whole.service === part.service && whole.number === undefined && part.number !== undefined;
}

function shortName(service: string, number: string | number): string {
  return `${service}-${number}`;
}

function colorOf(service: string, number: number): number {
  let hash = 0;
  for (const character of service) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 4093;
  return (hash + number) % colors;
}

export const colors = 12;
