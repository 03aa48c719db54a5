// A swarm of three real Engines, made and operated with the palette of the installed package: every command once.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Engine } from '../setup/dockerd.mjs';
import { ensureImages } from '../setup/images.mjs';
import { until } from '../setup/proc.mjs';
import { startSwarmNodes } from '../setup/swarm.mjs';
import { openWorkbench, startBrowser } from './browser.mjs';
import type { Workbench } from './browser.mjs';
import { startHost } from './host.mjs';
import { Person } from './person.js';

const images = ['nginx:stable-alpine', 'busybox:1.36', 'busybox:1.37', 'rabbitmq:3-alpine', 'example/api:1'];

suite('Swarm', () => {
  let nodes: readonly Engine[] = [];
  let workbench: Workbench;
  let person: Person;
  const undo: (() => unknown)[] = [];

  before(async () => {
    const swarm = await startSwarmNodes({ join: false });
    undo.unshift(swarm.stop);
    nodes = swarm.nodes;
    await Promise.all(nodes.map((node) => ensureImages(node, images)));
    // A Docker context for each Engine, in a folder of the test's own.
    const first = at(nodes, 0);
    const contexts = mkdtempSync(join(tmpdir(), 'longshore-contexts-'));
    undo.push(() => rmSync(contexts, { recursive: true }));
    cpSync(first.env['DOCKER_CONFIG'] ?? '', contexts, { recursive: true });
    const env = { ...first.env, DOCKER_CONFIG: contexts, DOCKER_HOST: '' };
    for (const [index, node] of nodes.entries()) {
      await node.docker(['context', 'create', `node${index + 1}`, '--docker', `host=${node.host}`], { env });
    }
    const settings = { 'longshore.docker.context': 'node1' };
    const host = await startHost({ vsix: process.env['LONGSHORE_VSIX'] ?? '', env, settings });
    undo.unshift(() => host.stop());
    const browser = await startBrowser();
    undo.unshift(() => browser.close());
    workbench = await openWorkbench(browser, host, join(process.cwd(), 'examples/swarm-ha'), { height: 1100 });
    person = new Person(workbench);
    await workbench.showTree();
    await workbench.screenshot('swarm-start');
  });
  after(async () => {
    for (const step of undo) await step();
  });

  test('a swarm is made, and two nodes join it', async () => {
    await workbench.page.locator('.welcome-view:visible').getByText('Initialize Swarm').first().click();
    await person.shows(/^Swarm, manager, 1 node$/);
    await person.does(
      'Swarm: Show Join Command…',
      (it) => it.picks('Worker'),
      (it) => it.answers('Show Token'),
      (it) => it.seesTab('join-as-worker.sh'),
    );
    const leader = at(nodes, 0);
    const token = (await leader.docker(['swarm', 'join-token', '-q', 'worker'])).stdout.trim();
    for (const name of ['node2', 'node3']) {
      await person.does('Longshore: Choose Docker Context…', (it) => it.picks(name));
      await person.row(/^Swarm/).waitFor({ state: 'hidden' });
      await person.does('Swarm: Join Swarm…', (it) =>
        it.writes('docker swarm join', `docker swarm join --token ${token} ${leader.address}:2377`),
      );
      await person.shows(/^Swarm, worker/);
    }
    await person.does('Longshore: Choose Docker Context…', (it) => it.picks('node1'));
    await person.shows(/^Swarm, manager/);
    await person.does(
      'Swarm: Rotate Join Token…',
      (it) => it.picks('Worker'),
      (it) => it.agrees('Rotate'),
      (it) => it.sees('The join token of workers is a new one.'),
    );
    await person.opens(/^Nodes/);
    for (const name of ['node1', 'node2', 'node3']) await person.shows(new RegExp(`^${name}, (?:leader|worker)`));
  });

  test('a stack is deployed, and its services are changed', async () => {
    const deploy = (command: string, ...options: readonly ((it: Person) => Promise<void>)[]) =>
      person.does(
        command,
        (it) => it.writes('Name of the stack', 'ha'),
        ...options,
        (it) => it.agrees('Deploy'),
        (it) => it.sees('ha is deployed.'),
      );
    await deploy('Swarm: Deploy Stack…', (it) => it.ticks('Options', 'Do not ask the registry'));
    await person.shows(/^ha, stack, 4 of 4 services complete/);
    await person.opens(/^web, 3 of 3 tasks running/);
    await workbench.screenshot('swarm-three-nodes');
    await person.does(
      'Swarm: Show What Deploying Changes…',
      (it) => it.writes('Name of the stack', 'ha'),
      (it) => it.sees('ha runs as its file says.'),
    );
    await person.does(
      'Swarm: Scale Service…',
      (it) => it.picks('ha_web'),
      (it) => it.writes('tasks', '4'),
      (it) => it.sees('ha_web 4/4 running.'),
    );
    await person.does(
      'Swarm: Update Image…',
      (it) => it.picks('ha_web'),
      (it) => it.writes('mage', 'busybox:1.37'),
      (it) => it.sees('ha_web runs busybox:1.37.'),
    );
    await person.does(
      'Swarm: Roll Back…',
      (it) => it.picks('ha_web'),
      (it) => it.agrees('Roll Back'),
      (it) => it.sees('ha_web is what it was before.'),
    );
    await person.does(
      'Swarm: Force Update…',
      (it) => it.picks('ha_worker'),
      (it) => it.agrees('Force Update'),
      (it) => it.sees('All tasks of ha_worker are new.'),
    );
    await deploy('Swarm: Redeploy Stack…');
  });

  test('a service is made, looked at and taken away', async () => {
    await person.does(
      'Swarm: Create Service…',
      (it) => it.picks('Web server on each node'),
      (it) => it.writes('Name of the service', 'api'),
      (it) => it.writes('Image, with its tag', 'example/api:1'),
      (it) => it.writes('Published port', '8090:8000'),
      (it) => it.ticks('Networks'),
      (it) => it.sees('api runs.'),
    );
    await person.shows(/^api, 3 of 3 tasks running/);
    await person.does(
      'Swarm: Publish Ports…',
      (it) => it.picks('api'),
      (it) => it.writes('All of them', '8091:8000/tcp host'),
      (it) => it.sees('api publishes'),
    );
    await person.does(
      'Swarm: Change Restart Policy…',
      (it) => it.picks('api'),
      (it) => it.picks('After a failure'),
      (it) => it.writes('How long Swarm waits'),
      (it) => it.writes('Attempts', '3'),
      (it) => it.sees('api restarts on on-failure.'),
    );
    await person.does(
      'Swarm: Inspect Service',
      (it) => it.picks('api'),
      (it) => it.seesTab('api.md'),
    );
    const nowhere = ['--constraint', 'node.labels.nowhere==true', 'example/api:1'];
    await at(nodes, 0).docker(['service', 'create', '--detach', '--name', 'stuck', ...nowhere]);
    await person.shows(/^stuck, 0 of 1 task running/);
    await person.does('Swarm: Explain Why a Service Is Not Running', (it) => it.seesNotification(/stuck/));
    await person.does(
      'Swarm: Show Load Balancing',
      (it) => it.picks('api'),
      (it) => it.seesInView('Published ports'),
    );
    await person.does(
      'Swarm: Probe Load Balancing…',
      (it) => it.picks('api'),
      (it) => it.picks('Every node in turn'),
      (it) => it.writes('Requests, at most', '60'),
      (it) => it.seesTab('api'),
    );
    await person.seesInView(/60 of 60 requests/);
    await workbench.screenshot('swarm-load-balancing');
    await person.does(
      'Swarm: Show Logs',
      (it) => it.picks('ha_web'),
      (it) => it.seesTab('Logs: ha_web'),
      (it) => it.seesInView(/lines$/),
    );
    await person.does(
      'Swarm: Remove Service…',
      (it) => it.picks('api'),
      (it) => it.agrees('Remove'),
    );
    await person.row(/^api, /).waitFor({ state: 'hidden' });
  });

  test('secrets, configs and networks are made, rotated and removed', async () => {
    for (const kind of ['Secret', 'Config']) {
      const name = kind.toLowerCase();
      await person.does(
        `Swarm: Create ${kind}…`,
        (it) => it.writes(`Name of the ${name}`, `my-${name}-1`),
        (it) => it.writes('One line', 'before'),
        (it) => it.sees(`The ${name} my-${name}-1 is there.`),
      );
      await person.opens(new RegExp(`^${kind}s$`));
      await person.shows(new RegExp(`^my-${name}-1`));
      await person.does(
        `Swarm: Rotate ${kind}…`,
        (it) => it.picks(`my-${name}-1`),
        (it) => it.writes('One line', 'after'),
        (it) => it.agrees('Rotate'),
        (it) => it.answers(`Remove my-${name}-1`),
      );
      await person.shows(new RegExp(`^my-${name}-2`));
      await person.does(
        `Swarm: Remove ${kind}…`,
        (it) => it.picks(`my-${name}-2`),
        (it) => it.agrees('Remove'),
      );
    }
    await person.does(
      'Swarm: Create Overlay Network…',
      (it) => it.writes('Name of the network', 'shared'),
      (it) => it.ticks('Options', 'Attachable'),
      (it) => it.sees('The network shared is there.'),
    );
    await person.opens(/^Networks$/);
    await person.shows(/^shared, /);
    await person.does(
      'Swarm: Remove Network…',
      (it) => it.picks('shared'),
      (it) => it.agrees('Remove'),
      (it) => it.sees('Removed shared.'),
    );
    // It is there since the swarm is, and the Engine says so.
    await person.does(
      'Swarm: Create docker_gwbridge',
      (it) => it.writes('A range of addresses'),
      (it) => it.seesNotification(/already exists/),
    );
  });

  test('nodes are labelled, promoted, paused, drained and removed', async () => {
    const node = (command: string, name: string, ...rest: readonly ((it: Person) => Promise<void>)[]) =>
      person.does(`Swarm: ${command}`, (it) => it.picks(name), ...rest);
    await node('Edit Node Labels…', 'node2', (it) => it.writes('All of its labels', 'zone=east'));
    await node('Promote Node…', 'node2', (it) => it.agrees('Promote'));
    await person.shows(/^node2, manager/);
    // A manager is one of the others' list some moments later; before, Swarm knows none to demote.
    await until('node2 is no manager yet', async () => {
      const { stdout } = await at(nodes, 0).docker(['node', 'ls', '--format', '{{.Hostname}} {{.ManagerStatus}}']);
      return /^node2 Reachable/m.test(stdout) || undefined;
    });
    await node('Demote Node…', 'node2', (it) => it.agrees('Demote'));
    await person.shows(/^node2, worker/);
    await node('Pause Node', 'node2');
    await person.shows(/^node2, worker, paused/);
    await node('Activate Node', 'node2');
    await person.shows(/^node2, worker, \d/);
    await node('Drain Node…', 'node3', (it) => it.agrees('Drain'));
    await person.shows(/^node3, worker, drained, 0 tasks/);
    await workbench.screenshot('swarm-drained');
  });

  test('the stack goes, a node leaves, and the swarm ends', async () => {
    await person.does(
      'Swarm: Remove Stack…',
      (it) => it.picks('ha'),
      (it) => it.agrees('Remove'),
      (it) => it.sees('ha is gone.'),
    );
    await at(nodes, 2).docker(['swarm', 'leave']);
    await person.shows(/^node3, Down/);
    await person.does(
      'Swarm: Remove Node…',
      (it) => it.picks('node3'),
      (it) => it.agrees('Remove'),
    );
    await person.row(/^node3/).waitFor({ state: 'hidden' });
    await person.does(
      'Swarm: Leave Swarm…',
      (it) => it.agrees('Leave Swarm'),
      (it) => it.sees('This Engine has left the swarm.'),
    );
    await workbench.page.locator('.welcome-view:visible').getByText('Initialize Swarm').first().waitFor();
  });
});

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}
