import type { ProjectIndex } from '../model/projectIndex.js';
import { resourceSections, type Resource } from '../model/resource.js';
import type { Reference, Service } from '../model/service.js';
import { refuses, type Target } from '../target.js';
import { namePlace, similarNames, unsetHint } from './references.js';
import type { Finding, ProjectRule, RuleContext, RuleDocs } from './rule.js';

/** The rule about names of one kind that no file of the project declares. */
export function undefinedResource(kind: Resource['kind'], targets: readonly Target[], docs: RuleDocs): ProjectRule {
  return { id: `undefined-${kind}`, scope: 'project', severity: 'error', targets, docs, check };

  function* check(service: Service, index: ProjectIndex, { target }: RuleContext): Iterable<Finding> {
    if (!index.complete) return;
    const declared = index.declared[kind];
    const seen = new Set<string>();
    for (const reference of service.references) {
      const { name, via } = reference;
      if (reference.kind !== kind || declared.has(name) || (kind === 'network' && name === 'default')) continue;
      const isReplaced = reference.optional && target === 'compose';
      if (seen.size === seen.add(`${via} ${name} ${String(isReplaced)}`).size) continue;
      if (name === '' && target === 'compose') {
        const message = `Each item of \`${via}\` needs \`source\`, the name of a ${kind}: ${consequence(service, target)}.`;
        yield { at: reference.at, message, ...(service.active && !reference.unset ? {} : { severity: 'warning' }) };
        continue;
      }
      const { question, fixes } = similarNames(reference, declared.keys());
      yield {
        at: namePlace(reference),
        message: `${unsetHint(reference)}${label(kind)} \`${name}\` is not declared under \`${resourceSections[kind]}\`: ${isReplaced ? 'docker compose mounts a later one there' : consequence(service, target)}.${question}`,
        ...(service.active && !reference.unset && !isReplaced ? {} : { severity: 'warning' }),
        fixes,
        ...(reference.unset || isHostNetwork(reference)
          ? {}
          : { repair: { kind: 'declare', resource: kind, name } as const }),
      };
    }
  }
}

/** What every host has cannot be declared anew. */
function isHostNetwork({ kind, name }: Reference): boolean {
  return kind === 'network' && ['bridge', 'host', 'none'].includes(name);
}

function label(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

function consequence({ active, profiles }: Service, target: Target): string {
  if (active) return refuses[target];
  return `${refuses[target]} as soon as profile \`${profiles[0] ?? ''}\` is selected`;
}
