import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseImage } from '../../../../server/src/compose/model/image.js';

const hex = '0123456789abcdef'.repeat(4);

const accepted: readonly (readonly [text: string, normalized: string])[] = [
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.25', 'docker.io/library/nginx:1.25'],
  ['a/b/c/d:e', 'docker.io/a/b/c/d:e'],
  ['docker.io/library/nginx', 'docker.io/library/nginx:latest'],
  ['docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['localhost/x', 'localhost/x:latest'],
  ['localhost:5000/x', 'localhost:5000/x:latest'],
  ['ghcr.io/org/repo:v1', 'ghcr.io/org/repo:v1'],
  ['UPPER.io/x', 'UPPER.io/x:latest'],
  ['UPPER/x', 'UPPER/x:latest'],
  ['[::1]:5000/x', '[::1]:5000/x:latest'],
  ['192.168.1.1:5000/a/b:v1', '192.168.1.1:5000/a/b:v1'],
  ['service:a', 'docker.io/library/service:a'],
  ['ngi__nx', 'docker.io/library/ngi__nx:latest'],
  ['ngi--nx', 'docker.io/library/ngi--nx:latest'],
  ['my_image', 'docker.io/library/my_image:latest'],
  [`nginx:${'a'.repeat(128)}`, `docker.io/library/nginx:${'a'.repeat(128)}`],
  [`nginx@sha256:${hex}`, `docker.io/library/nginx@sha256:${hex}`],
  [`nginx:1@sha256:${hex}`, `docker.io/library/nginx:1@sha256:${hex}`],
];

for (const [text, normalized] of accepted) {
  void test(`${text} is ${normalized}`, () => {
    assert.equal(parseImage(text).value?.normalized, normalized);
  });
}

const refused: readonly (readonly [text: string, under: string])[] = [
  ['', ''],
  ['Nginx', 'Nginx'],
  ['ghcr.io/Org/repo', 'Org/repo'],
  ['localhost:5000/X:t', 'X'],
  ['nginx:', ':'],
  [':latest', ':latest'],
  ['nginx:latest:x', 'latest:x'],
  ['nginx: latest', ' '],
  ['nginx latest', ' '],
  ['nginx@sha256:abc', 'sha256:abc'],
  ['https://docker.io/nginx', 'https://'],
  ['-nginx', '-nginx'],
  ['nginx_:1', 'nginx_'],
  ['ngi___nx', 'ngi___nx'],
  ['ngi..nx', 'ngi..nx'],
  ['nginx:-x', '-x'],
  ['nginx:1.0+x', '1.0+x'],
  [`nginx:${'a'.repeat(129)}`, 'a'.repeat(129)],
  ['nginx/', 'nginx/'],
  ['/nginx', '/nginx'],
  ['user//x', 'user//x'],
  ['a_.io/x', 'a_.io'],
  ['a'.repeat(256), 'a'.repeat(256)],
];

for (const [text, under] of refused) {
  void test(`${JSON.stringify(text)} is no image`, () => {
    const { problem } = parseImage(text);
    assert.ok(problem);
    assert.equal(text.slice(problem.start, problem.end), under);
  });
}

void test('knows the parts and their places', () => {
  const text = `localhost:5000/team/app:v1@sha256:${hex}`;
  const { value } = parseImage(text);
  assert.ok(value?.tagSpan && value.digestSpan);
  assert.deepEqual(
    [value.registry, value.repository, value.tag, value.digest],
    ['localhost:5000', 'team/app', 'v1', `sha256:${hex}`],
  );
  assert.equal(text.slice(value.nameSpan.start, value.nameSpan.end), 'localhost:5000/team/app');
  assert.equal(text.slice(value.tagSpan.start, value.tagSpan.end), 'v1');
  assert.equal(text.slice(value.digestSpan.start, value.digestSpan.end), `sha256:${hex}`);
});
