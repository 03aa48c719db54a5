import type { Engine, Replica } from '../engine/engine.js';
import { pause } from '../engine/pause.js';
import { hostsWithout } from '../proxy/hosts.js';
import type { RunningProxy } from '../proxy/linked.js';
import { reloadProxy } from '../proxy/reload.js';
import { isReady } from './settled.js';

export interface IntroduceOptions {
  readonly engine: Engine;
  /** Those that look names up when they are reloaded. */
  readonly proxies: readonly RunningProxy[];
  readonly project: string;
  readonly service: string;
  readonly failed: (error: unknown) => void;
}

/**
 * While replicas come up, one may be ready long before another: reloads the proxies with those that are, and without those that
 * are not yet, about once a second at most. Until the signal is aborted; when all are ready the last reload is the caller's.
 */
export async function introduce(options: IntroduceOptions, signal: AbortSignal): Promise<void> {
  const { engine, proxies, project, service, failed } = options;
  if (proxies.length === 0) return;
  try {
    const known = new Set(ids((await engine.replicas({ project, service }, signal)).filter(isReady)));
    let reloaded = 0;
    for (;;) {
      await pause(200, signal);
      if (Date.now() < reloaded + 1000) continue;
      const replicas = await engine.replicas({ project, service }, signal);
      const ready = replicas.filter(isReady);
      const waiting = replicas.filter((replica) => replica.state === 'running' && !isReady(replica));
      if (waiting.length === 0 || ready.every(({ id }) => known.has(id))) continue;
      reloaded = Date.now();
      for (const { replica } of proxies) {
        const hosts = await hostsWithout(engine, replica, waiting, signal);
        // Not cancelled half-way: what the reload found is what counts until the next one.
        if (hosts.length > 0) await reloadProxy(engine, replica, { hosts });
      }
      for (const id of ids(ready)) known.add(id);
    }
  } catch (error) {
    if (!signal.aborted) failed(error);
  }
}

function ids(replicas: readonly Replica[]): readonly string[] {
  return replicas.map(({ id }) => id);
}
