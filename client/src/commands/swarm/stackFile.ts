import { dirname } from 'node:path';
import type { WorkspaceProject } from '../../../../server/src/protocol.js';
import type { Ctx } from '../../context.js';
import { pathOf, sameUri } from '../../model/paths.js';
import { shortPath } from '../../model/shortPath.js';
import { diffStack } from '../../swarm/diff.js';
import type { StackDiff } from '../../swarm/diff.js';
import type { DeployOptions } from '../../swarm/stackArgv.js';
import { stackConfigArgs } from '../../swarm/stackArgv.js';
import { readStackConfig } from '../../swarm/stackConfig.js';
import { deployedFields, runningFields } from '../../swarm/stackFields.js';
import { stackSpecs } from '../../swarm/stackSpec.js';
import type { SwarmTarget } from '../../swarm/target.js';
import type { Choice } from '../../ui.js';
import { Refusal } from '../refusal.js';
import { managedSwarm } from './choose.js';
import { control } from './control.js';

/** A stack's files as `docker stack deploy` gets them. */
export interface DeployableStack {
  readonly name: string;
  readonly uri: string;
  readonly files: readonly string[];
  readonly cwd: string;
  /** From `.env`, which docker stack does not read by itself. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Asks for the stack where none is given. Throws `Refusal` for files that are not on disk. Undefined when dismissed. */
export async function chooseStackFile(
  ctx: Ctx,
  target: SwarmTarget | undefined,
  title: string,
): Promise<DeployableStack | undefined> {
  const projects = await ctx.language.projects();
  const uri =
    target?.kind === 'file'
      ? target.uri
      : target?.kind === 'stack'
        ? projects.find((one) => one.target === 'stack' && one.name === target.stack.name)?.files[0]
        : await ctx.ui.pick(stackFiles(ctx, projects), { title, placeholder: 'Stack file' });
  if (uri === undefined) {
    if (target?.kind !== 'stack') return undefined;
    throw new Refusal(`No stack file of this workspace is called ${target.stack.name}. Deploy it from its file.`);
  }
  const project = projects.find(({ files }) => files.some((file) => sameUri(file, uri)));
  const files = (project?.files ?? [uri]).map(pathOf);
  const [first] = files;
  if (first === undefined || !files.every((path) => path !== undefined)) {
    throw new Refusal(`${uri} is not on this machine's disk, so docker cannot read it.`);
  }
  const name = await ctx.ui.input({
    title,
    prompt: 'Name of the stack; it stands before the names of its services',
    value: target?.kind === 'stack' ? target.stack.name : (project?.name ?? ''),
    check: (value) =>
      /^[a-z0-9][\w-]*$/i.test(value) ? undefined : 'Letters, digits, dashes and underscores are allowed.',
  });
  if (name === undefined) return undefined;
  const { variables = {} } = (await ctx.language.stackFile(uri)) ?? {};
  return { name, uri, files, cwd: dirname(first), variables };
}

/** That of the open file first. */
function stackFiles({ ui: { activeFile } }: Ctx, projects: readonly WorkspaceProject[]): readonly Choice<string>[] {
  const stacks = projects.filter(({ target }) => target === 'stack');
  const isOpen = ({ files }: WorkspaceProject): boolean =>
    activeFile !== undefined && files.some((file) => sameUri(file, activeFile));
  const firsts = stacks.map(({ files: [first = ''] }) => first);
  return [...stacks.filter(isOpen), ...stacks.filter((one) => !isOpen(one))].map((one) => {
    const [first = ''] = one.files;
    const description = [shortPath(first, firsts), isOpen(one) ? 'of the open file' : ''].filter(Boolean).join(' · ');
    return { label: one.name, description, value: first };
  });
}

/** Throws `Refusal` with the first error where `docker stack deploy` would refuse the file. */
export async function refuseBroken(ctx: Ctx, { uri, name }: DeployableStack): Promise<void> {
  const errors = (await ctx.language.stackFile(uri))?.errors ?? [];
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more.` : '';
  throw new Refusal(`${name} is not deployed, because docker stack would refuse its file: ${first.message}${more}`, {
    title: 'Open File',
    run: () => ctx.ui.openFile(first.uri, first.range),
  });
}

/** What deploying the files would change against what runs. */
export async function compareStack(
  ctx: Ctx,
  stack: DeployableStack,
  resolveImage: DeployOptions['resolveImage'],
  signal?: AbortSignal,
): Promise<StackDiff> {
  const { cwd, variables, files, name } = stack;
  const swarm = await control(ctx);
  const { services, resources } = await managedSwarm(ctx);
  const networkNames = new Map(resources.networks.map((network) => [network.id, network.name]));
  const own = services.filter((service) => service.stack === name);
  const [{ stdout }, readings] = await Promise.all([
    ctx.cli.run(stackConfigArgs(files), { cwd, variables, ...(signal && { signal }) }),
    Promise.all(own.map(({ id }) => swarm.service(id, signal))),
  ]);
  const running = new Map(readings.map(({ spec }) => [spec.Name, spec]));
  const wanted = [...stackSpecs(readStackConfig(stdout), name)];
  return diffStack(
    new Map(wanted.map(([service, spec]) => [service, deployedFields(spec, running.get(service), resolveImage)])),
    new Map([...running].map(([service, spec]) => [service, runningFields(spec, networkNames)])),
  );
}
