import type { Log, Reported } from '../../compose/rules/lint.js';
import type { RuleContext } from '../../compose/rules/rule.js';
import type { Proxy } from './link.js';
import { linkRules } from './rules/index.js';
import type { World } from './world.js';

/** What is found in Compose files beside the proxies they run. A rule that throws is logged and says nothing. */
export function lintProxies(
  world: World,
  proxies: readonly Proxy[],
  { target, settings }: RuleContext,
  log: Log,
): readonly Reported[] {
  const found: Reported[] = [];
  for (const proxy of proxies) {
    const known = world.known.findings.get(proxy.service);
    const own = known ?? lintProxy(world, proxy, { target, settings }, log);
    if (!known && proxy.files.length === 0) world.known.findings.set(proxy.service, own);
    found.push(...own);
  }
  return found;
}

function lintProxy(
  world: World,
  proxy: Proxy,
  { target, settings }: Pick<RuleContext, 'target' | 'settings'>,
  log: Log,
): readonly Reported[] {
  if (proxy.service.value.at.block.broken) return [];
  const found: Reported[] = [];
  for (const rule of linkRules) {
    const set = settings.severity[rule.id];
    if (!rule.targets.includes(target) || set === 'off' || (!set && rule.off)) continue;
    try {
      for (const finding of rule.check(proxy, world)) {
        found.push({ ...finding, rule: rule.id, severity: set ?? finding.severity ?? rule.severity });
      }
    } catch (error) {
      log(`Rule ${rule.id} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return found;
}
