import { didYouMean } from '../../text/words.js';
import { within } from './grammar.js';
import { replaceText, type Fixes } from './fixes.js';
import { constraintKeys, constraintValueProblem, isConstraintKey, parseConstraint } from '../model/constraint.js';
import { items, get, known, type ScalarValue } from '../model/value.js';
import { nearest } from '../schema/distance.js';
import type { Span } from '../../text/span.js';
import type { Finding, ServiceRule } from './rule.js';

export const placementConstraint: ServiceRule = {
  id: 'placement-constraint',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A placement constraint that the swarm refuses, or that no node can meet.',
    why: 'A constraint compares with `==` or `!=`; anything else is refused at deploy. An unknown key is accepted, matches no node and leaves the tasks pending for ever.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      placement:\n        constraints:\n          - node.role=manager\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      placement:\n        constraints:\n          - node.role == manager\n',
    tool: 'constraint expected one operator from ==, !=',
  },
  *check({ value }) {
    for (const item of items(get(value, 'deploy', 'placement', 'constraints'))) {
      const scalar = known(item);
      if (typeof scalar?.value === 'string') yield* problems(scalar, scalar.value);
    }
  },
};

function* problems(scalar: ScalarValue, text: string): Iterable<Finding> {
  const { value: constraint, problem } = parseConstraint(text);
  if (problem) {
    const message = `${problem.message} The swarm refuses the service at deploy.`;
    yield { at: within(scalar, problem), message, fixes: cures(scalar, text) };
    return;
  }
  const { key, keySpan, value, valueSpan } = constraint;
  if (!isConstraintKey(key)) {
    const meant = meantKey(key);
    const advice = meant
      ? didYouMean(meant)
      : ` There are ${constraintKeys.map((it) => `\`${it}${it.endsWith('.') ? 'NAME' : ''}\``).join(', ')}.`;
    yield {
      at: within(scalar, keySpan),
      message: `No node has \`${key}\`: the tasks stay pending.${advice}`,
      fixes: meant ? change(scalar, keySpan, meant) : [],
    };
    return;
  }
  const never = constraintValueProblem(constraint);
  if (!never) return;
  const meant = nearest(value, ['manager', 'worker'])[0];
  yield {
    at: within(scalar, valueSpan),
    message: `\`${value}\` matches no node: the tasks stay pending. ${never}`,
    fixes: meant && key.toLowerCase() === 'node.role' ? change(scalar, valueSpan, meant) : [],
  };
}

function meantKey(key: string): string | undefined {
  const [, kind, name] = /^(node|engine)\.?labels?\.(.+)$/i.exec(key) ?? [];
  if (kind && name) return `${kind.toLowerCase()}.labels.${name}`;
  return nearest(
    key.toLowerCase(),
    constraintKeys.filter((it) => !it.endsWith('.')),
  )[0];
}

/** A single `=` and quotes around the value have one obvious cure. */
function cures(scalar: ScalarValue, text: string): Fixes {
  const [, key, operator, , value] = /^\s*([\w.-]+)\s*(!=|==?)\s*(["']?)([^"'=!<>]+)\3\s*$/.exec(text) ?? [];
  if (!key || !value) return [];
  const cured = `${key} ${operator === '!=' ? '!=' : '=='} ${value.trim()}`;
  return parseConstraint(cured).problem ? [] : change(scalar, { start: 0, end: text.length }, cured);
}

function change(scalar: ScalarValue, span: Span, text: string): Fixes {
  const at = within(scalar, span);
  return at === scalar.at ? [] : replaceText(at, text, `Change to \`${text}\``);
}
