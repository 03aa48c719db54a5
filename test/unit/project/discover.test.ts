import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFiles, projectsIn } from '../../../server/src/project/discover.js';
import { Workspace } from '../../../server/src/project/workspace.js';
import { memoryHost } from '../../support/memoryHost.js';

const folder = 'file:///work';

test('Compose and stack files are found by name, deep down, and not where they are of others', () => {
  const ours = ['compose.yaml', 'a/docker-compose.prod.yml', 'a/b/c/d/e/f/g/my-stack.yaml', 'a/build/swarm.yml'].map(
    (path) => `${folder}/${path}`,
  );
  const theirs = [
    'a/compose.json',
    'a/values.yaml',
    'node_modules/x/compose.yaml',
    'a/vendor/x/compose.yaml',
    'a/.git/compose.yaml',
    'out/compose.yaml',
    'dist/compose.yaml',
  ].map((path) => `${folder}/${path}`);
  const host = memoryHost(Object.fromEntries([...ours, ...theirs].map((uri) => [uri, ''])));
  assert.deepEqual(findFiles(host, folder).files, [...ours].sort());
});

/** The projects of a folder with such files, each with the names of its files. */
function grouped(files: Readonly<Record<string, string>>): readonly string[] {
  const host = memoryHost(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])));
  const projects = projectsIn(host, new Workspace(host, [], assert.fail), folder);
  return projects.map((project) => project.files.map((uri) => uri.slice(folder.length + 1)).join(' + '));
}

const whole = 'services:\n  web:\n    image: nginx:1.27\n';
const overlay = 'services:\n  web:\n    tty: true\n';

test('of several default files docker compose takes one, and the first override whatever its name', () => {
  assert.deepEqual(grouped({ 'compose.yaml': whole, 'docker-compose.override.yml': overlay }), [
    'compose.yaml + docker-compose.override.yml',
  ]);
  assert.deepEqual(
    grouped({ 'compose.yaml': whole, 'compose.override.yaml': overlay, 'compose.override.yml': overlay }),
    ['compose.yaml + compose.override.yml', 'compose.yaml + compose.override.yaml'],
  );
});

test('another default file beside it is a file as any other', () => {
  assert.deepEqual(grouped({ 'compose.yaml': whole, 'docker-compose.yml': whole }), [
    'compose.yaml',
    'docker-compose.yml',
  ]);
  assert.deepEqual(grouped({ 'compose.yaml': whole, 'docker-compose.yml': overlay }), [
    'compose.yaml',
    'compose.yaml + docker-compose.yml',
  ]);
  assert.deepEqual(grouped({ 'compose.yaml': 'include: [docker-compose.yml]\n', 'docker-compose.yml': whole }), [
    'compose.yaml',
  ]);
});
