import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentLinks } from '../../../server/src/compose/features/documentLinks.js';
import { featureCase } from '../../support/featureCase.js';

const folder = 'file:///project/';

/** `text → target` of every link of the main file, files below the project without its folder. */
function linksOf(written: string): readonly string[] {
  const { checked, uri, world } = featureCase(written);
  const { project } = checked;
  const exists = (it: string): boolean => world.read(it) !== undefined;
  return documentLinks(project, uri, world.folder, exists).map(
    ({ at, url }) => `${at.block.text.slice(at.start, at.end)} → ${url.replace(folder, '')}`,
  );
}

const files = [
  'other.yaml',
  'more.yaml',
  'base.yml',
  'web.env',
  'web.labels',
  'key.txt',
  'site.conf',
  'api/Dockerfile',
  'api/Dockerfile.dev',
  'Dockerfile',
]
  .map((path) => `#- /${path}\n${/ya?ml$/.test(path) ? 'services:\n  base: { image: a }\n' : 'x\n'}`)
  .join('');

test('links lead to files and to the pages of images', () => {
  const text = `include:
  - other.yaml
  - path: [more.yaml, missing.yaml]
services:
  web:
    image: nginx:1.30
    env_file: [web.env, { path: nowhere.env }]
    label_file: ./web.labels
    extends: { file: base.yml, service: base }
    volumes: ["./site.conf:/etc/site.conf:ro", "data:/data", { type: bind, source: ./key.txt, target: /k }]
  api:
    image: "grafana/grafana"
    build: ./api
  dev:
    image: registry.example/team/dev:1
    build: { context: api, dockerfile: Dockerfile.dev }
  here:
    image: nginx:\${TAG}
    build: .
secrets:
  key: { file: ./key.txt }
configs:
  site:
    file: site.conf
`;
  assert.deepEqual(
    [...linksOf(text + files)].sort(),
    [
      './site.conf → site.conf',
      '"grafana/grafana" → https://hub.docker.com/r/grafana/grafana',
      './api → api/Dockerfile',
      './key.txt → key.txt',
      './key.txt → key.txt',
      './web.labels → web.labels',
      '. → Dockerfile',
      'Dockerfile.dev → api/Dockerfile.dev',
      'base.yml → base.yml',
      'more.yaml → more.yaml',
      'nginx:1.30 → https://hub.docker.com/_/nginx',
      'other.yaml → other.yaml',
      'site.conf → site.conf',
      'web.env → web.env',
    ].sort(),
  );
});

test('links of a stack, and what comes through an alias once, where it is written', () => {
  const text = `#== [stack] x
x-web: &web
  image: nginx
services:
  web:
    <<: *web
  api:
    <<: *web
configs:
  site: { file: ./site.conf }
#- /site.conf
x
`;
  assert.deepEqual(linksOf(text), ['./site.conf → site.conf', 'nginx → https://hub.docker.com/_/nginx']);
});
