import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkConfig, readConfig, type ReportedFinding } from '../../server/src/proxy/check.js';
import type { ProxyConfig, ProxyRule } from '../../server/src/proxy/rule.js';
import { proxyRules } from '../../server/src/proxy/rules/index.js';
import { ask, casesOf, type Case } from './proxyOracle.js';

// Compares our verdicts with those of `nginx -t` and `haproxy -c`, case by case and for the examples in each rule's documentation.

/** Rules whose examples need a version or a network, which their unit tests give them. */
const needsMore: ReadonlySet<string> = new Set(['nginx-release', 'haproxy-template-slots']);

/** Rules whose good example needs a newer release than Debian's. */
const notInDebian: ReadonlySet<string> = new Set(['nginx-runtime-resolve']);

for (const kind of ['nginx', 'haproxy'] as const) {
  describe(`${kind}: cases`, () => {
    for (const one of casesOf(kind)) test(`${one.verdict.join(' ')}: ${one.title}`, () => compare(kind, one));
  });

  describe(`${kind}: examples of the rules`, () => {
    for (const rule of proxyRules) {
      if (rule.proxy !== kind || needsMore.has(rule.id)) continue;
      test(`${rule.id}: bad`, () => {
        const config = readConfig(kind, rule.docs.bad);
        assert.ok(reports(checkConfig(config), rule), 'the rule reports its bad example');
        const { accepted, printed } = ask(config);
        if (rule.severity === 'error') assert.equal(accepted, false, `the tool accepts the bad example: ${printed}`);
      });
      test(`${rule.id}: good`, () => {
        const config = readConfig(kind, rule.docs.good);
        assert.deepEqual(
          checkConfig(config).filter((finding) => finding.rule === rule.id),
          [],
        );
        if (notInDebian.has(rule.id)) return;
        const { accepted, printed } = ask(config);
        assert.ok(accepted, `the tool refuses the good example: ${printed}`);
      });
    }
  });
}

function compare(kind: ProxyConfig['kind'], { verdict, place, text }: Case): void {
  const config = readConfig(kind, text, place && { place });
  const findings = checkConfig(config, undefined, (rule, error) => assert.fail(`${rule} threw ${String(error)}`));
  const errors = findings.filter((finding) => finding.severity === 'error');
  const { accepted, printed } = ask(config);
  const [first = '', second] = verdict;
  const shown = JSON.stringify(findings.map((finding) => `${finding.severity} ${finding.rule}`));
  if (first === 'ok' || second !== undefined) {
    assert.ok(accepted, `the tool refuses it: ${printed}`);
    assert.deepEqual(errors, []);
    if (second !== undefined) {
      const severity = first === 'warn' ? 'warning' : first;
      const found = findings.some((finding) => finding.rule === second && finding.severity === severity);
      assert.ok(found, `no ${severity} of ${second}, but ${shown}`);
    }
  } else {
    assert.ok(!accepted, 'the tool accepts it');
    assert.ok(
      findings.some((finding) => finding.rule === first),
      `no ${first}, but ${shown}; the tool says ${printed}`,
    );
  }
}

function reports(findings: readonly ReportedFinding[], rule: ProxyRule): boolean {
  return findings.some((finding) => finding.rule === rule.id);
}
