// `npm run screenshots`: the pictures of the README, taken in the editor over a swarm of three private Engines (Linux, root).
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWorkbench, startBrowser } from '../editor/browser.mjs';
import { startHost } from '../editor/host.mjs';
import { ensureImages } from './images.mjs';
import { startSwarmNodes } from './swarm.mjs';
import { ensureVsix } from './vsix.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const pictures = join(root, 'media/screenshots');
const log = (line) => console.log(`  … ${line}`);

const work = String.raw`i=0; while :; do i=$$((i+1)); echo "INFO: job $$i taken from the queue"; sleep 1
[ $$((i % 4)) = 0 ] && echo "WARNING: job $$i took $$((i * 37)) ms"
[ $$((i % 5)) = 0 ] && printf '\033[31mERROR\033[0m: app/jobs.py:%d: connection to redis refused\n' $$i >&2; done`;
const files = {
  'queue/compose.yaml': JSON.stringify({
    name: 'queue',
    services: { worker: { image: 'busybox', command: ['sh', '-c', work], stop_grace_period: '0s', scale: 3 } },
  }),
  'shop/shop-stack.yaml': `version: "3.8"
services:
  web:
    image: example/api:1
    ports: [{ target: 80, published: 8090, mode: host }]
    deploy: { mode: global, endpoint_mode: dnsrr }
  worker:
    image: busybox:1.36
    command: [sleep, 1d]
    deploy: { replicas: 4 }
`,
  'shop/gpu-stack.yaml': `version: "3.8"
services:
  api:
    image: pytorch/pytorch:2.4.0
    container_name: api
    depends_on:
      broker:
        condition: service_healthy
    networks: [backend]
    restart: always
    delopy:
      replicas: 3
  broker:
    image: rabbitmq:3-alpine
`,
};

const undo = [];
try {
  await take();
} finally {
  for (const step of undo) await step();
}

async function take() {
  const { file: vsix } = await ensureVsix(root, { log });
  const workspace = mkdtempSync(join(tmpdir(), 'longshore-pictures-'));
  undo.unshift(() => rmSync(workspace, { recursive: true }));
  cpSync(join(root, 'examples/gpu-inference'), join(workspace, 'gpu-inference'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  const { nodes, stop } = await startSwarmNodes();
  undo.unshift(stop);
  const [docker] = nodes;
  const images = ['inference-api:1.0', 'nginx:stable-alpine', 'busybox', 'busybox:1.36', 'example/api:1'];
  await Promise.all(nodes.map((node) => ensureImages(node, images)));
  const inference = ['compose.yaml', 'compose.cpu.yaml'].flatMap((it) => ['-f', join(workspace, 'gpu-inference', it)]);
  await docker.docker(['compose', ...inference, 'up', '-d', '--wait', '--wait-timeout', '60']);
  await docker.docker(['compose', '-f', join(workspace, 'queue/compose.yaml'), 'up', '-d']);
  const stack = join(workspace, 'shop/shop-stack.yaml');
  await docker.docker(['stack', 'deploy', '--resolve-image=never', '--compose-file', stack, 'shop']);

  const host = await startHost({ vsix, env: docker.env });
  undo.unshift(() => host.stop());
  const browser = await startBrowser();
  undo.unshift(() => browser.close());
  const workbench = await openWorkbench(browser, host, workspace, { width: 1040, height: 600 });
  const { page, runCommand, openFile } = workbench;
  const row = (label) => page.getByRole('treeitem', { name: label });
  const view = () => page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
  const picks = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  const picture = async (name) => {
    await page.mouse.move(700, 590);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    log(`${name}.png`);
  };
  mkdirSync(pictures, { recursive: true });

  await runCommand('Preferences: Toggle between Light/Dark Themes');
  await runCommand('Longshore: Focus on Services View');
  const api = row(/^api, 3 of 3 replicas running, healthy/);
  await api.hover();
  await api.getByRole('button', { name: 'Add a Replica' }).click();
  const scaled = row(/^api, 4 of 4 replicas running, healthy/);
  await scaled.click();
  await row(/^api-4, running, healthy/).waitFor();
  await row(/^shop, stack, 2 of 2 services complete/).waitFor();
  await openFile('gpu-inference/compose.yaml');
  await page.locator('.codelens-decoration', { hasText: '4/4 running' }).waitFor();
  await runCommand('Notifications: Clear All Notifications');
  await picture('services');

  await openFile('gpu-stack.yaml');
  await runCommand('View: Toggle Problems');
  const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'delopy' }).first();
  await problem.click();
  await page.locator('.view-line', { hasText: 'delopy' }).locator('span', { hasText: 'delopy' }).last().click();
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget', { hasText: 'deploy' }).waitFor();
  await picture('problems');
  await page.keyboard.press('Escape');
  await page.locator('.part.panel .codicon-panel-close').click();
  await runCommand('View: Toggle Primary Side Bar Visibility');

  await runCommand('Compose: Show Logs');
  await picks('queue');
  await view().locator('.row', { hasText: 'job 20 ' }).nth(2).waitFor({ timeout: 90_000 });
  await picture('logs');

  await runCommand('Swarm: Probe Load Balancing…');
  await picks('Every node in turn');
  await page.locator('.quick-input-widget:visible input.input').fill('60');
  await page.keyboard.press('Enter');
  await view().getByText('60 of 60 requests were answered').waitFor({ timeout: 60_000 });
  await picture('load-balancing');
}
