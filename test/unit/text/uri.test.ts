import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalUri, encodedUri, isRemote, resolveUri } from '../../../server/src/text/uri.js';

test('a path leads from its folder, on another machine too', () => {
  for (const [folder, path, uri] of [
    ['file:///srv/app', './conf/../db.env', 'file:///srv/app/db.env'],
    ['file:///srv/app', '../../../../db.env', 'file:///db.env'],
    ['file:///srv/app', '/etc/db.env', 'file:///etc/db.env'],
    ['file:///c:/app', 'D:\\conf\\db.env', 'file:///d:/conf/db.env'],
    ['file://wsl.localhost/Debian/srv', '../db.env', 'file://wsl.localhost/Debian/db.env'],
  ] as const) {
    assert.equal(resolveUri(folder, path), uri);
  }
});

test('what only the tool can fetch is no path', () => {
  for (const path of [
    'https://example.org/a.yaml',
    'git@example.org:a/b.git',
    'github.com/a/b',
    'oci://example.org/a',
    'oci:a',
  ]) {
    assert.ok(isRemote(path), path);
    assert.equal(resolveUri('file:///srv/app', path), undefined, path);
  }
  for (const path of ['c:/a.yaml', './git@home', 'a/github.com/b', 'compose.yaml']) assert.ok(!isRemote(path), path);
});

test('beside what is no file nothing can be looked for', () => {
  for (const folder of ['untitled:Untitled-', 'git:/srv/app', 'vscode-vfs://github/me/app', '']) {
    assert.equal(resolveUri(folder, 'db.env'), undefined, folder);
  }
});

test('whatever a name is made of, one spelling is inside and one is for clients', () => {
  for (const [written, inside, outside] of [
    ['file:///c%3A/a%20b/compose.yaml', 'file:///c:/a b/compose.yaml', 'file:///c:/a%20b/compose.yaml'],
    ['file:///C:/compose.yaml', 'file:///c:/compose.yaml', 'file:///c:/compose.yaml'],
    ['file:///100%25/%C3%BC.yaml', 'file:///100%/ü.yaml', 'file:///100%25/%C3%BC.yaml'],
    ['file:///100%/ü.yaml', 'file:///100%/ü.yaml', 'file:///100%25/%C3%BC.yaml'],
    ['file:///\ud800\u{1f600}', 'file:///\ud800\u{1f600}', 'file:///%EF%BF%BD%F0%9F%98%80'],
  ] as const) {
    assert.equal(canonicalUri(written), inside);
    assert.equal(encodedUri(inside), outside);
  }
});
