import { envsubstBlanks } from './envsubstBlanks.js';
import { proxyCommandVariable } from './proxyCommandVariable.js';
import { proxyConfigMissing } from './proxyConfigMissing.js';
import { proxyNoSharedNetwork } from './proxyNoSharedNetwork.js';
import { proxyStartOrder } from './proxyStartOrder.js';
import { proxyTemplatesSkipped } from './proxyTemplatesSkipped.js';
import type { LinkRule } from './rule.js';

/** Every rule over a Compose file and the proxies it runs. */
export const linkRules: readonly LinkRule[] = [
  envsubstBlanks,
  proxyCommandVariable,
  proxyConfigMissing,
  proxyTemplatesSkipped,
  proxyStartOrder,
  proxyNoSharedNetwork,
];
