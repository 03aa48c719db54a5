import type { Command } from '../context.js';
import { composeDown, composeDownVolumes } from './composeDown.js';
import { composeScale, composeScaleDown, composeScaleUp } from './composeScale.js';
import { composeLogs, composeLogsTerminal } from './composeLogs.js';
import { composeRecreate, composeUp } from './composeUp.js';
import { composeUpProfiles } from './composeUpProfiles.js';
import { composeUpServices } from './composeUpServices.js';
import {
  composeBuild,
  composePull,
  composeRestart,
  composeRestartAlone,
  composeStart,
  composeStop,
} from './composeVerb.js';
import { copyAddress, copyId } from './copy.js';
import { inspectReplica } from './inspectReplica.js';
import { openFile } from './openFile.js';
import { openInBrowser } from './openInBrowser.js';
import { openShell } from './openShell.js';
import { reloadProxyCommand } from './reloadProxy.js';
import { remove } from './remove.js';
import { showConfig } from './showConfig.js';
import { showProxyConfig } from './showProxyConfig.js';
import { useContext } from './useContext.js';

/** Every command that acts on a target or asks for one. */
export const commands: readonly Command[] = [
  composeUp,
  composeUpServices,
  composeUpProfiles,
  composeDown,
  composeDownVolumes,
  composeStart,
  composeStop,
  composeRestart,
  composeRestartAlone,
  composePull,
  composeBuild,
  composeRecreate,
  composeScale,
  composeScaleUp,
  composeScaleDown,
  composeLogs,
  composeLogsTerminal,
  reloadProxyCommand,
  showProxyConfig,
  openShell,
  inspectReplica,
  openInBrowser,
  copyId,
  copyAddress,
  remove,
  showConfig,
  openFile,
  useContext,
];
