import type { CodeLens } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import type { UpstreamTarget } from '../../../server/src/protocol.js';
import { sameUri } from '../model/paths.js';
import type { Project } from '../model/projects.js';
import { isUp } from './lenses.js';

/** Puts what runs into the lenses over upstreams, which count what the files say. */
export function upstreamLenses(projects: () => readonly Project[]): NonNullable<Middleware['provideCodeLenses']> {
  return async (document, token, next) => {
    const lenses = await next(document, token);
    for (const lens of lenses ?? []) countWhatRuns(lens, projects());
    return lenses;
  };
}

function countWhatRuns({ command }: CodeLens, projects: readonly Project[]): void {
  const [target] = (command?.arguments ?? []) as readonly (UpstreamTarget | undefined)[];
  if (command && target) command.title = titleNow(command.title, target, projects);
}

/** The title with the replicas that run, where the project of the upstream does. */
export function titleNow(title: string, { uri, behind }: UpstreamTarget, projects: readonly Project[]): string {
  const project = projects.find((it) => isUp(it) && it.workspace?.files.some((file) => sameUri(file, uri)));
  return Object.entries(behind).reduce((text, [name, count]) => {
    const running = project?.services.find((it) => it.name === name)?.running;
    return running === undefined ? text : text.replace(counted(name, count), counted(name, running));
  }, title);
}

function counted(service: string, count: number): string {
  return `${count} ${count === 1 ? 'replica' : 'replicas'} of ${service}`;
}
