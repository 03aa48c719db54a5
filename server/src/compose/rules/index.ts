import { booleanWord } from './booleanWord.js';
import { buildConflict } from './buildConflict.js';
import { commandLine } from './commandLine.js';
import { containerNameInUse } from './containerNameInUse.js';
import { containerNameReplicas } from './containerNameReplicas.js';
import { credentialSpec } from './credentialSpec.js';
import { dependencyCycle } from './dependencyCycle.js';
import { dependencyHealth } from './dependencyHealth.js';
import { deviceMapping } from './deviceMapping.js';
import { dnsAddress } from './dnsAddress.js';
import { dnsrrIngress } from './dnsrrIngress.js';
import { dockerSocket } from './dockerSocket.js';
import { documentStart } from './documentStart.js';
import { dotEnvIgnored } from './dotEnvIgnored.js';
import { dotEnvSyntax } from './dotEnvSyntax.js';
import { duplicateMountTarget } from './duplicateMountTarget.js';
import { emptyFile } from './emptyFile.js';
import { envFileFormat } from './envFileFormat.js';
import { envFileQuotes } from './envFileQuotes.js';
import { envFileSyntax } from './envFileSyntax.js';
import { externalConflict } from './externalConflict.js';
import { externalSecret } from './externalSecret.js';
import { extraHosts } from './extraHosts.js';
import { genericResource } from './genericResource.js';
import { gpuAllReplicas } from './gpuAllReplicas.js';
import { gpuBudget } from './gpuBudget.js';
import { gpuCapabilities } from './gpuCapabilities.js';
import { gpuCountOrIds } from './gpuCountOrIds.js';
import { gpuDeviceId } from './gpuDeviceId.js';
import { gpuRuntime } from './gpuRuntime.js';
import { gpuShared } from './gpuShared.js';
import { gpuSplitItems } from './gpuSplitItems.js';
import { grantMode } from './grantMode.js';
import { grantOwner } from './grantOwner.js';
import { grantTarget } from './grantTarget.js';
import { healthcheckDisable } from './healthcheckDisable.js';
import { healthcheckTest } from './healthcheckTest.js';
import { hostIpIgnored } from './hostIpIgnored.js';
import { hostPortReplicas } from './hostPortReplicas.js';
import { ignoredDocument } from './ignoredDocument.js';
import { ignoredTag } from './ignoredTag.js';
import { imageLatest } from './imageLatest.js';
import { imageRegistry } from './imageRegistry.js';
import { imageRequired } from './imageRequired.js';
import { imageUnpinned } from './imageUnpinned.js';
import { immutableName } from './immutableName.js';
import { infiniteNumber } from './infiniteNumber.js';
import { invalidBytes } from './invalidBytes.js';
import { invalidCpus } from './invalidCpus.js';
import { invalidDuration } from './invalidDuration.js';
import { invalidImage } from './invalidImage.js';
import { invalidMount } from './invalidMount.js';
import { invalidPort } from './invalidPort.js';
import { invalidRestart } from './invalidRestart.js';
import { invisibleCharacter } from './invisibleCharacter.js';
import { jobUpdateConfig } from './jobUpdateConfig.js';
import { listAssignment } from './listAssignment.js';
import { localVolume } from './localVolume.js';
import { loggingOption } from './loggingOption.js';
import { maxReplicasPerNode } from './maxReplicasPerNode.js';
import { memoryBounds } from './memoryBounds.js';
import { missingFile } from './missingFile.js';
import { mountOptions } from './mountOptions.js';
import { mountTarget } from './mountTarget.js';
import { networkModeConflict } from './networkModeConflict.js';
import { networkModePorts } from './networkModePorts.js';
import { networkSubnet } from './networkSubnet.js';
import { octalMode } from './octalMode.js';
import { overlayNetwork } from './overlayNetwork.js';
import { placementConstraint } from './placementConstraint.js';
import { placementPreference } from './placementPreference.js';
import { privilegedContainer } from './privilegedContainer.js';
import { projectName } from './projectName.js';
import { publicPort } from './publicPort.js';
import { publishedPortConflict } from './publishedPortConflict.js';
import { publishedPortReplicas } from './publishedPortReplicas.js';
import { readOnlyGrant } from './readOnlyGrant.js';
import { readRules } from './readRules.js';
import { relativeBind } from './relativeBind.js';
import { renamedResource, renamedService } from './renamed.js';
import { replicasWithGlobal } from './replicasWithGlobal.js';
import { resourceLimitConflict } from './resourceLimitConflict.js';
import { resourceLimits } from './resourceLimits.js';
import { restartNo } from './restartNo.js';
import type { Rule } from './rule.js';
import { scaleReplicasConflict } from './scaleReplicasConflict.js';
import { secretInEnvironment } from './secretInEnvironment.js';
import { secretSource } from './secretSource.js';
import { shapeRules } from './shapeRules.js';
import { smartQuotes } from './smartQuotes.js';
import { startInterval } from './startInterval.js';
import { staticAddress } from './staticAddress.js';
import { swarmName } from './swarmName.js';
import { swarmNetwork } from './swarmNetwork.js';
import { swarmResourceName } from './swarmResourceName.js';
import { swarmTemplate } from './swarmTemplate.js';
import { sysctlNamespace } from './sysctlNamespace.js';
import { ulimit } from './ulimit.js';
import { undefinedConfig } from './undefinedConfig.js';
import { undefinedModel } from './undefinedModel.js';
import { undefinedNetwork } from './undefinedNetwork.js';
import { undefinedSecret } from './undefinedSecret.js';
import { undefinedService } from './undefinedService.js';
import { undefinedVolume } from './undefinedVolume.js';
import { unknownCapability } from './unknownCapability.js';
import { unknownSignal } from './unknownSignal.js';
import { unquotedValue } from './unquotedValue.js';
import { updateConfigRange } from './updateConfigRange.js';
import { versionObsolete } from './versionObsolete.js';
import { versionUnsupported } from './versionUnsupported.js';
import { volumeName } from './volumeName.js';
import { watchAction } from './watchAction.js';
import { watchTarget } from './watchTarget.js';
import { workingDirectory } from './workingDirectory.js';

/** Every rule, in the order in which the documentation lists them. */
export const rules: readonly Rule[] = [
  ...readRules,
  ...shapeRules,
  buildConflict,
  commandLine,
  containerNameInUse,
  containerNameReplicas,
  dependencyCycle,
  deviceMapping,
  duplicateMountTarget,
  documentStart,
  emptyFile,
  externalConflict,
  extraHosts,
  healthcheckTest,
  imageRequired,
  invalidBytes,
  invalidCpus,
  invalidDuration,
  invalidImage,
  invalidMount,
  invalidPort,
  listAssignment,
  mountTarget,
  networkModeConflict,
  resourceLimitConflict,
  scaleReplicasConflict,
  secretSource,
  undefinedConfig,
  undefinedModel,
  undefinedNetwork,
  undefinedSecret,
  undefinedService,
  undefinedVolume,
  watchTarget,
  versionObsolete,
  versionUnsupported,
  smartQuotes,
  invisibleCharacter,
  unquotedValue,
  octalMode,
  booleanWord,
  invalidRestart,
  renamedResource,
  renamedService,
  replicasWithGlobal,
  jobUpdateConfig,
  dnsrrIngress,
  updateConfigRange,
  placementConstraint,
  placementPreference,
  swarmName,
  swarmResourceName,
  swarmNetwork,
  healthcheckDisable,
  credentialSpec,
  mountOptions,
  grantTarget,
  restartNo,
  relativeBind,
  localVolume,
  hostPortReplicas,
  imageRegistry,
  immutableName,
  gpuCapabilities,
  gpuCountOrIds,
  gpuDeviceId,
  gpuSplitItems,
  gpuRuntime,
  gpuAllReplicas,
  gpuShared,
  gpuBudget,
  genericResource,
  imageLatest,
  imageUnpinned,
  secretInEnvironment,
  dockerSocket,
  privilegedContainer,
  publicPort,
  resourceLimits,
  missingFile,
  envFileSyntax,
  dotEnvSyntax,
  grantMode,
  dependencyHealth,
  networkModePorts,
  externalSecret,
  startInterval,
  watchAction,
  memoryBounds,
  unknownCapability,
  unknownSignal,
  ulimit,
  workingDirectory,
  dnsAddress,
  sysctlNamespace,
  loggingOption,
  staticAddress,
  networkSubnet,
  volumeName,
  grantOwner,
  readOnlyGrant,
  projectName,
  publishedPortConflict,
  publishedPortReplicas,
  overlayNetwork,
  hostIpIgnored,
  swarmTemplate,
  dotEnvIgnored,
  ignoredTag,
  ignoredDocument,
  infiniteNumber,
  maxReplicasPerNode,
  envFileFormat,
  envFileQuotes,
];
