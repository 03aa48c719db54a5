import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { WorkspaceProject } from '../../server/src/protocol.js';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';

const folder = 'file:///work';
const base = `${folder}/compose.yaml`;
const prod = `${folder}/deploy/prod.yaml`;
const files = {
  [base]: 'services:\n  web:\n    image: nginx:1.30\n',
  [`${folder}/compose.override.yaml`]: 'services:\n  web:\n    ports: ["80:80"]\n',
  [prod]: 'services:\n  web:\n    depends_on: [db]\n  db:\n    imgae: postgres:17\n',
};

async function errors(client: LanguageClient, uri: string): Promise<readonly string[]> {
  return (await client.diagnostics(uri)).filter(({ severity }) => severity === 1).map(({ code }) => String(code));
}

suite('the setting longshore.projects', () => {
  const settings = () => ({ projects: [['compose.yaml', 'deploy/prod.yaml'], ['compose.yaml'], ['nowhere.yaml']] });

  test('says which files are one project, whatever their names', async () => {
    const client = await startInProcess({ folders: [folder], files, settings });
    const projects = await client.request<WorkspaceProject[]>('longshore/projects', null);
    assert.deepEqual(projects.map((it) => it.files.map((file) => file.slice(folder.length))).sort(), [
      ['/compose.yaml'],
      // Nothing by itself, so it is laid over the default file.
      ['/compose.yaml', '/compose.override.yaml'],
      ['/compose.yaml', '/deploy/prod.yaml'],
    ]);
    await client.stop();
  });

  test('judges a part with the others, and tells each file once what two projects say of it', async () => {
    const client = await startInProcess({ folders: [folder], files, settings });
    client.open(prod, files[prod] ?? '', 'yaml');
    // `web` has its image in the first file; `db` is misspelt here.
    assert.deepEqual([...new Set(await errors(client, prod))].sort(), ['image-required', 'unknown-key']);
    const text = files[base]?.replace('image:', 'imag:') ?? '';
    client.open(base, text);
    const found = (await client.diagnostics(base)).filter(({ code }) => code === 'unknown-key');
    assert.equal(found.length, 1);
    client.change(base, { text: files[base] ?? '' });
    client.change(prod, { text: (files[prod] ?? '').replace('imgae', 'image') });
    assert.deepEqual(await errors(client, prod), []);
    await client.stop();
  });

  test('changes with the settings', async () => {
    let projects: string[][] = [];
    const client = await startInProcess({ folders: [folder], files, settings: () => ({ projects }) });
    const ask = async () => (await client.request<WorkspaceProject[]>('longshore/projects', null)).length;
    assert.equal(await ask(), 1);
    projects = [['compose.yaml'], ['deploy/prod.yaml']];
    client.notify('workspace/didChangeConfiguration', { settings: null });
    assert.equal(await ask(), 3);
    await client.stop();
  });
});

test('longshore.compose.environmentFiles stand in place of .env', async () => {
  const text = 'services:\n  web:\n    image: ${IMAGE:?which one}\n    hostname: ${HOST?}\n';
  const beside = { [base]: text, [`${folder}/.env`]: 'HOST=a\n', [`${folder}/prod.env`]: 'IMAGE=nginx:1.30\n' };
  const required = async (environmentFiles: readonly string[]): Promise<readonly string[]> => {
    const client = await startInProcess({
      folders: [folder],
      files: beside,
      settings: () => ({ compose: { environmentFiles } }),
    });
    client.open(base, text);
    const found = (await client.diagnostics(base)).filter(({ code }) => code === 'variable-required');
    await client.stop();
    return found.map(({ message }) => /`(\w+)`/.exec(String(message))?.[1] ?? '');
  };
  assert.deepEqual(await required([]), ['IMAGE']);
  assert.deepEqual(await required(['prod.env']), ['HOST']);
  assert.deepEqual(await required(['.env', 'prod.env']), []);
});

test('the client is told which files take the place of .env', async () => {
  const compose = 'services:\n  web:\n    image: nginx\n';
  const beside = {
    [base]: compose,
    [`${folder}/deploy/compose.yaml`]: compose,
    [`${folder}/deploy/.env`]: 'A=1\n',
    [`${folder}/.env`]: 'COMPOSE_FILE=deploy/compose.yaml\n',
  };
  const envFiles = async (environmentFiles: readonly string[], env: string): Promise<readonly string[]> => {
    const settings = () => ({ compose: { environmentFiles } });
    const files = { ...beside, [`${folder}/.env`]: env };
    const client = await startInProcess({ folders: [folder], files, settings });
    const projects = await client.request<WorkspaceProject[]>('longshore/projects', null);
    await client.stop();
    const project = projects.find((one) => one.envFiles.some((file) => !file.includes('/deploy/prod')));
    return project?.envFiles.map((file) => file.slice(folder.length)) ?? [];
  };
  assert.deepEqual(await envFiles([], 'A=2\n'), [], 'Compose finds .env by itself');
  // The one that led there counts more than the one beside the first file.
  assert.deepEqual(await envFiles([], 'COMPOSE_FILE=deploy/compose.yaml\n'), ['/deploy/.env', '/.env']);
  assert.deepEqual(await envFiles(['prod.env'], 'A=2\n'), ['/prod.env']);
});

test('COMPOSE_ENV_FILES stands in place of .env too', async () => {
  const text = 'services:\n  web:\n    image: ${IMAGE:?which one}\n';
  const beside = { [base]: text, [`${folder}/prod.env`]: 'IMAGE=nginx:1.30\n' };
  const client = await startInProcess({
    folders: [folder],
    files: beside,
    variables: { COMPOSE_ENV_FILES: 'prod.env' },
  });
  client.open(base, text);
  assert.deepEqual(await errors(client, base), []);
  await client.stop();
});
