import type { Command } from '../../context.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { configCreate, configRemove, configRotate, secretCreate, secretRemove, secretRotate } from './files.js';
import { networkCreate, networkRemove } from './networks.js';
import { nodeActivate, nodeDemote, nodeDrain, nodeLabels, nodePause, nodePromote, nodeRemove } from './nodes.js';
import { gwbridgeCreate } from './gwbridge.js';
import { serviceBalance, serviceProbe } from './serviceBalance.js';
import { serviceCreate } from './serviceCreate.js';
import { serviceDiagnose } from './serviceDiagnose.js';
import { serviceInspect } from './serviceInspect.js';
import { servicePorts, serviceRestartPolicy } from './serviceSettings.js';
import { serviceForceUpdate, serviceRemove, serviceRollback, serviceScale, serviceUpdateImage } from './services.js';
import { stackDeploy, stackDiff, stackRedeploy, stackRemove } from './stacks.js';
import { swarmLogs } from './swarmLogs.js';
import { swarmInit, swarmJoin } from './swarmBegin.js';
import { swarmJoinCommand, swarmLeave, swarmRotateToken } from './swarmMembership.js';

/** Every command that acts on a Swarm or a part of one. */
export const swarmCommands: readonly Command<SwarmTarget>[] = [
  swarmInit,
  swarmJoin,
  swarmLeave,
  swarmJoinCommand,
  swarmRotateToken,
  nodePromote,
  nodeDemote,
  nodeDrain,
  nodeActivate,
  nodePause,
  nodeLabels,
  nodeRemove,
  stackDeploy,
  stackRedeploy,
  stackDiff,
  stackRemove,
  swarmLogs,
  serviceCreate,
  serviceScale,
  serviceUpdateImage,
  serviceForceUpdate,
  serviceRollback,
  servicePorts,
  serviceRestartPolicy,
  serviceDiagnose,
  serviceInspect,
  serviceBalance,
  serviceProbe,
  serviceRemove,
  secretCreate,
  secretRotate,
  secretRemove,
  configCreate,
  configRotate,
  configRemove,
  networkCreate,
  networkRemove,
  gwbridgeCreate,
];
