import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../../package.json' with { type: 'json' };
import { othersLanguage, proxyLanguages } from '../../../../client/src/language/proxyLanguages.js';

void test('a proxy file goes to the language of another extension, however that is spelled', () => {
  assert.equal(othersLanguage('longshore-nginx', ['json', 'NGINX']), 'NGINX');
  assert.equal(othersLanguage('longshore-nginx', ['nginx', 'longshore-nginx']), 'nginx');
  assert.equal(othersLanguage('longshore-haproxy', ['haproxy']), 'haproxy');
});

void test('it stays where nobody has one, and what is not ours stays too', () => {
  assert.equal(othersLanguage('longshore-haproxy', ['nginx', 'longshore-haproxy']), undefined);
  assert.equal(othersLanguage('nginx', ['nginx', 'NGINX']), undefined);
  assert.equal(othersLanguage('dockercompose', ['nginx']), undefined);
});

void test('the manifest provides no language under a name that others use', () => {
  const { languages, grammars, snippets } = manifest.contributes;
  const ids = [...languages.map(({ id }) => id), ...[...grammars, ...snippets].map(({ language }) => language)];
  assert.deepEqual(
    ids.filter((id) => /^(?:nginx|haproxy)$/i.test(id)),
    [],
  );
  for (const id of ids.filter((it) => /nginx|haproxy/.test(it))) assert.ok(proxyLanguages.includes(id), id);
  for (const id of proxyLanguages) assert.ok(manifest.activationEvents.includes(`onLanguage:${id}`), id);
});
