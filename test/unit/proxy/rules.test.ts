import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkConfig, readConfig } from '../../../server/src/proxy/check.js';
import type { ProxyRule } from '../../../server/src/proxy/rule.js';
import { proxyRules } from '../../../server/src/proxy/rules/index.js';
import { parseVersion } from '../../../server/src/proxy/version.js';
import { applyEdits } from '../../../server/src/text/edit.js';

/** Rules about the network around the proxy: their tests are in reachability.test.ts. */
const needsNetwork: ReadonlySet<string> = new Set([
  'proxy-unknown-host',
  'proxy-unreachable-host',
  'proxy-wrong-port',
  'proxy-odd-port',
  'proxy-localhost',
  'proxy-resolves-once',
  'haproxy-template-slots',
]);

const kindsOf = (rule: ProxyRule) => (rule.proxy === 'any' ? (['nginx', 'haproxy'] as const) : ([rule.proxy] as const));

function check(kind: 'nginx' | 'haproxy', text: string) {
  const version = parseVersion(/^# with image nginx:(\S+)/.exec(text)?.[1] ?? '');
  return checkConfig(
    readConfig(kind, text),
    { siblings: [], complete: false, ...(version && { version }) },
    (rule, error) => {
      throw new Error(`${rule} threw`, { cause: error });
    },
  );
}

suite('proxy rules', () => {
  test('have ids of their own, in kebab case', () => {
    const ids = proxyRules.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    assert.deepEqual(ids.filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id)), []); // prettier-ignore
  });

  for (const rule of proxyRules) {
    const [kind] = kindsOf(rule);
    if (!needsNetwork.has(rule.id)) {
      test(`${rule.id}: reports its bad example and not its good one`, () => {
        assert.ok(check(kind, rule.docs.bad).some((finding) => finding.rule === rule.id));
        assert.ok(!check(kind, rule.docs.good).some((finding) => finding.rule === rule.id));
      });
      test(`${rule.id}: a fix removes what it is for`, () => {
        for (const finding of check(kind, rule.docs.bad)) {
          for (const fix of finding.fixes ?? []) {
            const cured = applyEdits(rule.docs.bad, fix.edits);
            const left = check(kind, cured).filter((one) => one.rule === finding.rule);
            assert.ok(
              left.length < check(kind, rule.docs.bad).filter((one) => one.rule === finding.rule).length,
              cured,
            );
          }
        }
      });
    }
    test(`${rule.id}: its messages are sentences and their places lie in the text`, () => {
      for (const other of proxyRules) {
        const { bad } = other.docs;
        for (const finding of kindsOf(rule).flatMap((one) => check(one, bad))) {
          assert.match(finding.message, /^\S.*[.?]$/s);
          assert.ok(0 <= finding.at.start && finding.at.start <= finding.at.end && finding.at.end <= bad.length);
        }
      }
    });
  }

  test('nothing but syntax is reported where the file does not parse', () => {
    const rules = check('nginx', 'upstream a { server http://x; least_con }').map((finding) => finding.rule);
    assert.deepEqual([...new Set(rules)], ['nginx-syntax']);
  });

  test('templates of other programs are left alone', () => {
    assert.deepEqual(check('nginx', 'server {% if a %} { listen {{ port }}; }'), []);
  });

  test('comments silence a line or the file', () => {
    const bad = 'server { gzip yes; }\n';
    assert.equal(check('nginx', bad).length, 1);
    assert.equal(check('nginx', `# longshore: ignore nginx-directive-value\n${bad}`).length, 0);
    assert.equal(check('nginx', `# longshore: ignore nginx-listen\n${bad}`).length, 1);
    assert.equal(check('nginx', `# longshore: ignore\n\n${bad}`).length, 1);
    assert.equal(check('nginx', `\n\n${bad}# longshore: ignore-file nginx-directive-value\n`).length, 0);
  });

  test('releases are judged by the image', () => {
    const messages = (image: string, text: string) => check('nginx', `# with image nginx:${image}\n${text}`).filter((one) => one.rule === 'nginx-release').length; // prettier-ignore
    const resolve = 'resolver 127.0.0.11;\nupstream a { zone a 64k; server b resolve; }';
    assert.equal(messages('1.25-alpine', resolve), 1);
    assert.equal(messages('1.27.3', resolve), 0);
    assert.equal(messages('1.27', resolve), 0);
    assert.equal(messages('stable', resolve), 0);
    assert.equal(messages('1.25.1', 'server { ssl on; }'), 1);
    assert.equal(messages('1.24.0', 'server { ssl on; }'), 0);
    assert.equal(messages('1.24', 'server { http2 on; }'), 1);
  });
});
