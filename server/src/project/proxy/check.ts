import type { RuleSettings } from '../../compose/rules/rule.js';
import { checkConfig, type ReportedFinding } from '../../proxy/check.js';
import type { Context } from '../../proxy/rule.js';
import { neighbourhood, type Proxy } from './link.js';
import type { World } from './world.js';

/** What is found in one file of a proxy. */
export interface CheckedConfig {
  readonly uri: string;
  readonly text: string;
  readonly proxy: Proxy;
  readonly findings: readonly ReportedFinding[];
}

/** Checks every file of a proxy against the services around it. */
export function checkProxy(
  world: World,
  proxy: Proxy,
  settings: RuleSettings,
  failed: (rule: string, error: unknown) => void,
): readonly CheckedConfig[] {
  return proxy.files.map(({ uri, config }) => {
    const context: Context = {
      ...(proxy.version && { version: proxy.version }),
      siblings: proxy.files.flatMap((it) => (it.config === config ? [] : [it.config])),
      complete: proxy.complete,
      official: proxy.official,
      neighbourhood: neighbourhood(world, proxy),
    };
    return { uri, text: config.file.text, proxy, findings: bySettings(checkConfig(config, context, failed), settings) };
  });
}

/** Findings as a person wants them: with the severities that are set, and without the rules that are off. */
export function bySettings(
  findings: readonly ReportedFinding[],
  { severity }: RuleSettings,
): readonly ReportedFinding[] {
  return findings.flatMap((finding) => {
    const set = severity[finding.rule];
    return set === 'off' ? [] : [set ? { ...finding, severity: set } : finding];
  });
}
