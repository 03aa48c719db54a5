import type { Finding, RuleDocs, Severity } from '../../../compose/rules/rule.js';
import type { Target } from '../../../compose/target.js';
import type { Proxy } from '../link.js';
import type { World } from '../world.js';

/** Reports in a Compose file what only shows beside the configuration of a proxy that the file runs. */
export interface LinkRule {
  readonly scope: 'link';
  /** Diagnostic code, settings key, docs anchor and fixture name, for ever. */
  readonly id: string;
  readonly severity: Severity;
  readonly targets: readonly Target[];
  readonly off?: boolean;
  readonly docs: RuleDocs;
  check(proxy: Proxy, world: World): Iterable<Finding>;
}
