import type { Ctx } from '../context.js';
import { EngineError } from '../engine/engine.js';
import type { Replica } from '../engine/engine.js';
import { projectOfFile } from '../model/projectOfFile.js';
import { upCount } from '../model/projects.js';
import type { Project, Service } from '../model/projects.js';
import { isProxyImage } from '../model/proxyImage.js';
import type { Target } from '../model/target.js';
import { Refusal } from './refusal.js';

/** The targets of a command: what is selected in the tree where the clicked one is part of it, else that one alone. */
export function selection<T>(target: T | undefined, all: readonly T[] | undefined): readonly T[] {
  if (all && all.length > 0) return all;
  return target ? [target] : [];
}

/** The project a target belongs to; asks where there is none, that of the open file first. Undefined when dismissed. */
export async function chooseProject(
  ctx: Ctx,
  target: Target | undefined,
  title: string,
  suits: (project: Project) => boolean = isCompose,
): Promise<Project | undefined> {
  if (target) return target.project;
  const all = await ctx.projects();
  const projects = all.filter(suits);
  if (projects.length === 0) throw await nothingFor(ctx, title, all);
  const { activeFile } = ctx.ui;
  const open = activeFile === undefined ? undefined : projectOfFile(projects, activeFile);
  const choices = [...new Set([...(open ? [open] : []), ...projects])].map((project) => ({
    label: project.name,
    description: [project.file, upText(project), project === open ? 'of the open file' : '']
      .filter(Boolean)
      .join(' · '),
    value: project,
  }));
  return ctx.ui.pick(choices, { title, placeholder: 'Project' });
}

/** Where no Engine answers that is the reason, since what runs is then not known. */
async function nothingFor(ctx: Ctx, title: string, projects: readonly Project[]): Promise<Error> {
  const { state } = await ctx.snapshot();
  if (state.kind === 'unreachable') return new EngineError(state.denied ? 'denied' : 'unreachable', state.message);
  return new Refusal(
    projects.length > 0
      ? `No project has anything that "${title}" could act on.`
      : 'There is no project for this: no file of the workspace is one, and nothing that runs belongs to one.',
  );
}

/** Asks for the project too where it is not given. Undefined when dismissed. */
export async function chooseService(
  ctx: Ctx,
  target: Target | undefined,
  title: string,
  suits: (service: Service) => boolean = () => true,
): Promise<ServiceChoice | undefined> {
  if (target && target.kind !== 'project') return { project: target.project, service: target.service };
  const project = await chooseProject(ctx, target, title, has(suits));
  if (!project) return undefined;
  const services = project.services.filter(suits);
  if (services.length === 0) throw new Refusal(`Project ${project.name} has no service for this.`);
  const choices = services.map((service) => ({
    label: service.name,
    description: `${service.running}/${service.desired ?? '?'} running`,
    value: { project, service },
  }));
  return ctx.ui.pick(choices, { title, placeholder: `Service of ${project.name}` });
}

export interface ServiceChoice {
  readonly project: Project;
  readonly service: Service;
}

/** Asks for service and replica where they are not given; a service with one replica needs no question. */
export async function chooseReplica(
  ctx: Ctx,
  target: Target | undefined,
  title: string,
  suits: (replica: Replica) => boolean = () => true,
): Promise<(ServiceChoice & { readonly replica: Replica }) | undefined> {
  if (target?.kind === 'replica') return target;
  const choice = await chooseService(ctx, target, title, ({ replicas }) => replicas.some(suits));
  if (!choice) return undefined;
  const replicas = choice.service.replicas.filter(suits);
  if (replicas.length === 0) throw new Refusal(`Service ${choice.service.name} has no replica for this.`);
  const choices = replicas.map((replica) => ({
    label: `${replica.service}-${replica.number}`,
    description: replica.status,
    value: { ...choice, replica },
  }));
  return ctx.ui.pick(choices, { title, placeholder: `Replica of ${choice.service.name}` });
}

/** Services by project; a project counts as all of its services, said as none. */
export function byProject(targets: readonly Target[]): ReadonlyMap<Project, readonly string[]> {
  const chosen = new Map<string, { project: Project; services: Set<string> | undefined }>();
  for (const target of targets) {
    const { key } = target.project;
    const entry = chosen.get(key) ?? { project: target.project, services: new Set<string>() };
    if (target.kind === 'project') entry.services = undefined;
    else entry.services?.add(target.service.name);
    chosen.set(key, entry);
  }
  return new Map([...chosen.values()].map(({ project, services }) => [project, [...(services ?? [])]]));
}

export function isCompose({ target }: Project): boolean {
  return target === 'compose';
}

/** Compose projects with such a service. */
export function has(suits: (service: Service) => boolean): (project: Project) => boolean {
  return (project) => isCompose(project) && project.services.some(suits);
}

/** Whether something of it is there, running or not. */
export const isThere = has(({ replicas }) => replicas.length > 0);

/** What runs a proxy by its image; where nothing does, everything that runs. */
export async function mayBeProxy(ctx: Ctx): Promise<(replica: Replica) => boolean> {
  const isProxy = (replica: Replica): boolean => isRunning(replica) && isProxyImage(replica.image);
  const some = (await ctx.projects()).some(has(({ replicas }) => replicas.some(isProxy)));
  return some ? isProxy : isRunning;
}

export function isRunning({ state }: Replica): boolean {
  return state === 'running';
}

/** Empty where it is not known what runs. */
function upText(project: Project): string {
  if (!project.services.some(({ health }) => health !== 'unknown')) return '';
  const { up, of } = upCount(project);
  return `${up}/${of} services up`;
}
