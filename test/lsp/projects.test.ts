import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { FileEdit, FileTarget, Range, WorkspaceProject } from '../../server/src/protocol.js';
import { startInProcess } from '../support/inProcess.js';

const folder = 'file:///work';
const uri = `${folder}/shop/compose.yaml`;
const text = `services:
  web:
    image: nginx:1.30
    ports: ["8080-8082:80", "53:53/udp", "443", { target: 90, published: 9090 }]
    deploy:
      replicas: 3
  api:
    build: .
    profiles: [dev]
    gpus: all
`;

/** Where the ports are, on their one line. */
function written(part: string): { readonly uri: string; readonly range: Range } {
  const line = 3;
  const character = text.split('\n')[line]?.indexOf(part) ?? -1;
  return { uri, range: { start: { line, character }, end: { line, character: character + part.length } } };
}

suite('longshore requests', () => {
  test('projects, sorted by name', async () => {
    const client = await startInProcess({
      files: {
        [uri]: text,
        [`${folder}/deploy/Web-stack.yml`]: 'services:\n  agent:\n    image: a\n    deploy: { mode: global }\n',
      },
      folders: [folder],
    });
    const projects = await client.request<WorkspaceProject[]>('longshore/projects', null);
    assert.deepEqual(
      projects.map(({ name, target }) => [name, target]),
      [
        ['shop', 'compose'],
        ['web', 'stack'],
      ],
    );
    const [shop, stack] = projects;
    assert.equal(shop?.folder, `${folder}/shop`);
    assert.deepEqual(shop?.services[0], {
      name: 'web',
      uri,
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } },
      replicas: 3,
      image: 'nginx:1.30',
      build: false,
      ports: [
        { target: 80, published: [8080, 8082], protocol: 'tcp', ...written('"8080-8082:80"') },
        { target: 53, published: [53, 53], protocol: 'udp', ...written('"53:53/udp"') },
        { target: 443, protocol: 'tcp', ...written('"443"') },
        { target: 90, published: [9090, 9090], protocol: 'tcp', ...written('9090') },
      ],
      profiles: [],
    });
    assert.equal(shop?.services[1]?.gpus, 'all');
    assert.equal(stack?.services[0]?.replicas, undefined);
    await client.stop();
  });

  test('projectsChanged once the list differs, and not before', async () => {
    const client = await startInProcess({ files: { [uri]: text }, folders: [folder] });
    client.open(uri, text);
    await client.request('longshore/projects', null);
    let told = 0;
    const changed = client.next('longshore/projectsChanged').then(() => told++);
    client.change(uri, { text: text.replace('nginx:1.30', 'nginx:1.30 # same') });
    await client.diagnostics(uri);
    assert.equal(told, 0);
    client.change(uri, { text: text.replace('replicas: 3', 'replicas: 4') });
    await changed;
    const [shop] = await client.request<WorkspaceProject[]>('longshore/projects', null);
    assert.equal(shop?.services[0]?.replicas, 4);
    await client.stop();
  });

  test('target with its reason and its comment', async () => {
    const client = await startInProcess({ folders: [folder] });
    client.open(uri, text);
    const ask = () => client.request<FileTarget>('longshore/target', { uri });
    assert.deepEqual(await ask(), {
      target: 'compose',
      decidedBy: 'content',
      reason: 'Nothing in it asks for a swarm, so it is for docker compose.',
    });
    client.change(uri, { text: `  # longshore: target=stack\r\n${text}` });
    assert.deepEqual(await ask(), {
      target: 'stack',
      decidedBy: 'comment',
      reason: 'A comment in the file says that it is for docker stack deploy.',
      comment: { start: { line: 0, character: 2 }, end: { line: 0, character: 27 } },
    });
    await client.stop();
  });

  const web = 'services:\n  web:\n    image: nginx:1.30\n';
  const more = 'services:\n  web:\n    deploy: { replicas: 2 }\n';
  for (const [title, files, variables, expected] of [
    [
      'in .env, of files with any name',
      { 'app.yaml': web, 'prod.yaml': more, '.env': 'COMPOSE_FILE=app.yaml:prod.yaml' },
      {},
      'work: app.yaml prod.yaml ×2',
    ],
    [
      'in .env, of another folder',
      { 'deploy/app.yml': web, '.env': 'COMPOSE_FILE=deploy/app.yml' },
      {},
      'deploy: deploy/app.yml ×1, .env',
    ],
    [
      'in .env, with its own separator',
      { 'a.yml': web, 'b.yml': more, '.env': 'COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=a.yml,b.yml' },
      {},
      'work: a.yml b.yml ×2',
    ],
    [
      'in the environment',
      { 'app/app.yaml': web, 'other/readme.md': '' },
      { COMPOSE_FILE: 'app.yaml' },
      'app: app/app.yaml ×1',
    ],
    ['in .env, of a file that is not there', { 'app.yaml': web, '.env': 'COMPOSE_FILE=app.yaml:none.yaml' }, {}, ''],
  ] as const) {
    test(`a project that COMPOSE_FILE names ${title}`, async () => {
      const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
      const client = await startInProcess({ files: texts, folders: [folder], variables });
      const projects = await client.request<WorkspaceProject[]>('longshore/projects', null);
      const short = (one: string): string => one.slice(folder.length + 1);
      const described = projects.map(
        ({ name, files: all, envFiles, services }) =>
          `${[`${name}: ${all.map(short).join(' ')} ×${services[0]?.replicas}`, ...envFiles.map(short)].join(', ')}`,
      );
      assert.equal(described.join('; '), expected);
      await client.stop();
    });
  }

  test('a file that COMPOSE_FILE names is checked, from the moment that .env says so', async () => {
    const app = `${folder}/app.yaml`;
    const broken = 'services:\n  web:\n    image: nginx:1.30\n    replicas: 2\n';
    const client = await startInProcess({ files: { [app]: broken }, folders: [folder] });
    assert.deepEqual(await client.request('longshore/projects', null), []);
    const changed = client.next('longshore/projectsChanged');
    client.host.set(`${folder}/.env`, 'COMPOSE_FILE=app.yaml\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: `${folder}/.env`, type: 1 }] });
    await changed;
    client.open(app, broken, 'yaml');
    assert.ok((await client.diagnostics(app)).length > 0);
    await client.stop();
  });

  test('a folder that comes with a project in it, or goes, is told of as a folder alone', async () => {
    const client = await startInProcess({ files: { [uri]: text }, folders: [folder] });
    const names = async (): Promise<readonly string[]> =>
      (await client.request<WorkspaceProject[]>('longshore/projects', null)).map(({ name }) => name);
    assert.deepEqual(await names(), ['shop']);
    for (const [file, content, expected] of [
      [`${folder}/more/deep/compose.yaml`, text, ['deep', 'shop']],
      [`${folder}/more/deep/compose.yaml`, undefined, ['shop']],
    ] as const) {
      const changed = client.next('longshore/projectsChanged');
      client.host.set(file, content);
      const type = content === undefined ? 3 : 1;
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: `${folder}/more`, type }] });
      await changed;
      assert.deepEqual(await names(), expected);
    }
    await client.stop();
  });

  for (const [title, before, after] of [
    ['writes over the number', 'deploy: { replicas: 3 }', 'deploy: { replicas: 5 }'],
    ['writes over `scale`', 'scale: 2', 'scale: 5'],
    ['adds to `deploy`', 'deploy:\n      mode: replicated', 'deploy:\n      mode: replicated\n      replicas: 5'],
    ['adds `deploy`', 'image: a', 'image: a\n    deploy:\n      replicas: 5'],
    ['leaves a global service alone', 'deploy: { mode: global }', undefined],
    ['leaves a shared anchor alone', 'deploy: *d', undefined],
  ] as const) {
    test(`replicasEdit ${title}`, async () => {
      const client = await startInProcess({ folders: [folder] });
      const frame = (body: string) => `x-d: &d { mode: replicated }\nservices:\n  web:\n    ${body}\n`;
      client.open(uri, frame(before));
      const edit = await client.request<FileEdit | null>('longshore/replicasEdit', {
        uri,
        service: 'web',
        replicas: 5,
      });
      if (edit) client.apply({ changes: { [edit.uri]: edit.edits.map((it) => ({ ...it })) } });
      assert.equal(client.text(uri), frame(after ?? before));
      assert.equal(edit === null, after === undefined);
      await client.stop();
    });
  }
});
