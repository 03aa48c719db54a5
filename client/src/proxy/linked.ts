import type { Ctx } from '../context.js';
import type { Engine, Replica } from '../engine/engine.js';
import type { Project, Service } from '../model/projects.js';

/** A service of the project whose nginx or HAProxy sends requests to another of its services. */
export interface LinkedProxy {
  readonly kind: 'nginx' | 'haproxy';
  readonly service: string;
  /** False where it resolves the names by itself while it runs. */
  readonly needsReload: boolean;
}

/** From the configurations in the workspace; none for a project whose files are elsewhere. */
export async function linkedProxies(ctx: Ctx, project: Project, service: Service): Promise<readonly LinkedProxy[]> {
  const [uri] = project.workspace?.files ?? [];
  if (uri === undefined) return [];
  const proxies = new Map<string, LinkedProxy>();
  for (const link of await ctx.language.proxiesOf({ uri, service: service.name })) {
    const needsReload = link.needsReload || (proxies.get(link.service)?.needsReload ?? false);
    proxies.set(link.service, { kind: link.kind, service: link.service, needsReload });
  }
  return [...proxies.values()];
}

export interface RunningProxy extends LinkedProxy {
  readonly replica: Replica;
  /** The addresses that its hosts file gave it for the service when it was last reloaded. */
  readonly told?: readonly string[];
}

/** Each container that runs one of them. */
export async function runningProxies(
  engine: Engine,
  project: Project,
  proxies: readonly LinkedProxy[],
  signal?: AbortSignal,
): Promise<readonly RunningProxy[]> {
  const found = proxies.map(async (proxy) => {
    const replicas = await engine.replicas({ project: project.name, service: proxy.service }, signal);
    return replicas.filter(({ state }) => state === 'running').map((replica) => ({ ...proxy, replica }));
  });
  return (await Promise.all(found)).flat();
}

/** For people. */
export function programName({ kind }: Pick<LinkedProxy, 'kind'>): string {
  return kind === 'nginx' ? 'nginx' : 'HAProxy';
}
