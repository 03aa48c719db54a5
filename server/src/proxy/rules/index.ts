import type { ProxyRule } from '../rule.js';
import { haproxyArguments } from './haproxyArguments.js';
import { haproxyBalance } from './haproxyBalance.js';
import { haproxyBind } from './haproxyBind.js';
import { haproxyCheckPort } from './haproxyCheckPort.js';
import { haproxyDuplicateSection } from './haproxyDuplicateSection.js';
import { haproxyDuplicateServer } from './haproxyDuplicateServer.js';
import { haproxyMisplacedKeyword } from './haproxyMisplacedKeyword.js';
import { haproxyMissingBackend } from './haproxyMissingBackend.js';
import { haproxyMissingTimeouts } from './haproxyMissingTimeouts.js';
import { haproxyNoBind } from './haproxyNoBind.js';
import { haproxyRemovedKeyword } from './haproxyRemovedKeyword.js';
import { haproxyResolvers } from './haproxyResolvers.js';
import { haproxyServer } from './haproxyServer.js';
import { haproxySyntax } from './haproxySyntax.js';
import { haproxyTcpRules } from './haproxyTcpRules.js';
import { haproxyTemplateSlots } from './haproxyTemplateSlots.js';
import { haproxyTimeouts } from './haproxyTimeouts.js';
import { haproxyUnknownAcl } from './haproxyUnknownAcl.js';
import { haproxyUnknownAction } from './haproxyUnknownAction.js';
import { haproxyUnknownFetch } from './haproxyUnknownFetch.js';
import { haproxyUnknownKeyword } from './haproxyUnknownKeyword.js';
import { nginxCommercial } from './nginxCommercial.js';
import { nginxDirectiveArguments } from './nginxDirectiveArguments.js';
import { nginxDirectiveValue } from './nginxDirectiveValue.js';
import { nginxDuplicateLocation } from './nginxDuplicateLocation.js';
import { nginxDuplicateUpstream } from './nginxDuplicateUpstream.js';
import { nginxEmptyUpstream } from './nginxEmptyUpstream.js';
import { nginxLeastConn } from './nginxLeastConn.js';
import { nginxListen } from './nginxListen.js';
import { nginxMapEntries } from './nginxMapEntries.js';
import { nginxMethodRedefined } from './nginxMethodRedefined.js';
import { nginxMisplacedDirective } from './nginxMisplacedDirective.js';
import { nginxMissingEvents } from './nginxMissingEvents.js';
import { nginxMissingResolver } from './nginxMissingResolver.js';
import { nginxPassTarget } from './nginxPassTarget.js';
import { nginxPassUri } from './nginxPassUri.js';
import { nginxRelease } from './nginxRelease.js';
import { nginxRepeatedDirective } from './nginxRepeatedDirective.js';
import { nginxRuntimeResolve } from './nginxRuntimeResolve.js';
import { nginxServerAddress } from './nginxServerAddress.js';
import { nginxServerParameter } from './nginxServerParameter.js';
import { nginxSyntax } from './nginxSyntax.js';
import { nginxTrailingSlash } from './nginxTrailingSlash.js';
import { nginxUnknownDirective } from './nginxUnknownDirective.js';
import { nginxUnknownName } from './nginxUnknownName.js';
import { nginxUnknownVariable } from './nginxUnknownVariable.js';
import { proxyLocalhost } from './proxyLocalhost.js';
import { proxyOddPort } from './proxyOddPort.js';
import { proxyResolvesOnce } from './proxyResolvesOnce.js';
import { proxyUnknownHost } from './proxyUnknownHost.js';
import { proxyUnreachableHost } from './proxyUnreachableHost.js';
import { proxyUnusedUpstream } from './proxyUnusedUpstream.js';
import { proxyWrongPort } from './proxyWrongPort.js';

/** Every rule over proxy configuration. The first of each proxy reports what does not parse; the others see only what does. */
export const proxyRules: readonly ProxyRule[] = [
  nginxSyntax,
  nginxUnknownDirective,
  nginxMisplacedDirective,
  nginxDirectiveArguments,
  nginxDirectiveValue,
  nginxMapEntries,
  nginxRepeatedDirective,
  nginxMissingEvents,
  nginxDuplicateUpstream,
  nginxEmptyUpstream,
  nginxServerAddress,
  nginxServerParameter,
  nginxRuntimeResolve,
  nginxPassTarget,
  nginxPassUri,
  nginxDuplicateLocation,
  nginxListen,
  nginxUnknownVariable,
  nginxUnknownName,
  nginxRelease,
  nginxCommercial,
  nginxMethodRedefined,
  nginxMissingResolver,
  nginxTrailingSlash,
  nginxLeastConn,
  haproxySyntax,
  haproxyUnknownKeyword,
  haproxyRemovedKeyword,
  haproxyMisplacedKeyword,
  haproxyArguments,
  haproxyServer,
  haproxyDuplicateServer,
  haproxyCheckPort,
  haproxyMissingBackend,
  haproxyDuplicateSection,
  haproxyBind,
  haproxyNoBind,
  haproxyBalance,
  haproxyResolvers,
  haproxyTimeouts,
  haproxyMissingTimeouts,
  haproxyUnknownAcl,
  haproxyUnknownFetch,
  haproxyUnknownAction,
  haproxyTcpRules,
  haproxyTemplateSlots,
  proxyUnknownHost,
  proxyUnreachableHost,
  proxyWrongPort,
  proxyOddPort,
  proxyLocalhost,
  proxyResolvesOnce,
  proxyUnusedUpstream,
];
