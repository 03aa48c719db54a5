import type { Command } from '../../context.js';
import type { SwarmTarget } from '../../swarm/target.js';
import { configCreate, configRemove, configRotate, secretCreate, secretRemove, secretRotate } from './files.js';
import { networkCreate, networkRemove } from './networks.js';
import { nodeActivate, nodeDemote, nodeDrain, nodeLabels, nodePause, nodePromote, nodeRemove } from './nodes.js';
import {
  serviceDiagnose,
  serviceForceUpdate,
  serviceInspect,
  serviceRemove,
  serviceRollback,
  serviceScale,
  serviceUpdateImage,
} from './services.js';
import { stackDeploy, stackDiff, stackRemove } from './stacks.js';
import { swarmInit, swarmJoin, swarmJoinCommand, swarmLeave, swarmRotateToken } from './swarmMembership.js';

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
  stackDiff,
  stackRemove,
  serviceScale,
  serviceUpdateImage,
  serviceForceUpdate,
  serviceRollback,
  serviceDiagnose,
  serviceInspect,
  serviceRemove,
  secretCreate,
  secretRotate,
  secretRemove,
  configCreate,
  configRotate,
  configRemove,
  networkCreate,
  networkRemove,
];
