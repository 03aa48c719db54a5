import type { Command, Ctx } from '../../context.js';
import { gwbridgeCommand } from '../../engine/gwbridge.js';
import type { Cause, CauseId } from '../../swarm/diagnose.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { gwbridgeCreate } from './gwbridge.js';
import { networkRemove } from './networks.js';
import { nodeActivate, nodeLabels } from './nodes.js';
import { serviceForceUpdate, serviceRollback, serviceScale, serviceUpdateImage } from './services.js';
import { servicePorts } from './serviceSettings.js';
import { swarmLogs } from './swarmLogs.js';

/** A button beside a cause. */
export interface Repair {
  readonly title: string;
  run(ctx: Ctx): Promise<void>;
}

interface Step {
  readonly title: string;
  readonly command: Command<SwarmTarget>;
  /** Asks which one, instead of acting on the service. */
  readonly elsewhere?: true;
}

const logs: Step = { title: 'Show Logs', command: swarmLogs };
const ports: Step = { title: 'Publish Ports…', command: servicePorts };
const steps: Readonly<Partial<Record<CauseId, readonly Step[]>>> = {
  noSuitableNode: [
    { title: 'Edit Node Labels…', command: nodeLabels, elsewhere: true },
    { title: 'Activate Node', command: nodeActivate, elsewhere: true },
  ],
  imageMissing: [{ title: 'Update Image…', command: serviceUpdateImage }],
  portInUse: [ports],
  dnsrrIngress: [ports],
  updatePaused: [
    { title: 'Roll Back…', command: serviceRollback },
    { title: 'Force Update…', command: serviceForceUpdate },
  ],
  networkPool: [{ title: 'Remove Network…', command: networkRemove, elsewhere: true }],
  unhealthy: [logs],
  outOfMemory: [logs],
  exits: [logs],
  scaledToZero: [{ title: 'Scale Service…', command: serviceScale }],
};

/** What can be done from here about a cause; nothing that acts in a workspace that is not trusted. */
export function repairsOf(
  cause: Cause,
  target: SwarmTarget,
  here: string | undefined,
  trusted: boolean,
): readonly Repair[] {
  if (cause.id !== 'gwbridge') return stepsOf(cause.id, target, trusted);
  if (cause.nodeId === here && here !== undefined) {
    return trusted ? [{ title: 'Create docker_gwbridge…', run: (ctx) => gwbridgeCreate.run(ctx) }] : [];
  }
  // Another node's Engine is not ours to talk to.
  return [{ title: 'Copy Command', run: (ctx) => ctx.ui.copy(gwbridgeCommand) }];
}

function stepsOf(id: CauseId, target: SwarmTarget, trusted: boolean): readonly Repair[] {
  return (steps[id] ?? [])
    .filter(({ command }) => trusted || !command.acts)
    .map(({ title, command, elsewhere }) => ({
      title,
      run: (ctx) => command.run(ctx, elsewhere ? undefined : target),
    }));
}
