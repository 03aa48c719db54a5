import type { PublishedPort, Replica } from '../engine/engine.js';
import type { Task } from '../engine/swarm.js';
import { hasFailed, upCount } from '../model/projects.js';
import { isProxyImage } from '../model/proxyImage.js';
import type { Project, Service, ServiceHealth } from '../model/projects.js';
import type { Target } from '../model/target.js';
import type { Icon, Item } from './node.js';

/** How a project, a service, a replica or a task looks and sounds. */
export function present(target: Target): Item {
  switch (target.kind) {
    case 'project':
      return presentProject(target.project);
    case 'service':
      return presentService(target.service, target.project);
    case 'replica':
      return presentReplica(target.replica, target.service);
    case 'task':
      return presentTask(target.task, target.service);
  }
}

function presentProject(project: Project): Item {
  const { name, target, services, workspace } = project;
  const { up, of } = upCount(project);
  const known = services.some(({ health }) => health !== 'unknown');
  const there = services.some(({ replicas, tasks }) => replicas.length + tasks.length > 0);
  const state = up > 0 ? 'up' : there ? 'stopped' : 'absent';
  const place = workspace ? '' : 'files elsewhere';
  return {
    label: name,
    description: [project.file, target === 'stack' ? 'stack' : '', up > 0 ? `${up}/${of} up` : '', place]
      .filter(Boolean)
      .join(' · '),
    icon: { name: target === 'stack' ? 'server-environment' : 'layers' },
    contextValue: facets('project', target, workspace ? 'workspace' : 'elsewhere', state),
    accessibleLabel: [
      `${name}${project.file === undefined ? '' : ` of ${project.file}`}`,
      target === 'stack' ? 'stack' : 'Compose project',
      known ? `${up} of ${of} services up` : 'not known what runs',
    ].join(', '),
    tooltip: projectTooltip(project),
    open: workspace ? 'expanded' : 'collapsed',
  };
}

function projectTooltip({ name, workspace, files }: Project): string {
  const listed = workspace?.files ?? files?.configFiles ?? [];
  const paths = listed.map((file) => `- ${code(file.replace(/^file:\/\//, ''))}`);
  return [`**${escape(name)}**`, '', ...paths].join('\n');
}

function presentService(service: Service, project: Project): Item {
  const { name, running, desired, declared } = service;
  const extras = [
    healthText(service),
    portText(service.ports),
    declared?.profiles.length ? `profile ${declared.profiles.join(', ')}` : '',
    service.drifted ? 'file changed' : '',
    declared || !project.workspace ? '' : 'not in the file',
  ].filter(Boolean);
  const update = service.swarm?.update?.state;
  if (update && update !== 'completed') extras.unshift(update.replaceAll('_', ' '));
  return {
    label: name,
    description: [countText(service), ...extras].filter(Boolean).join(' · '),
    icon: healthIcons[service.health],
    contextValue: facets(
      'service',
      service.target,
      project.workspace ? 'workspace' : 'elsewhere',
      running > 0 ? 'running' : 'stopped',
      service.replicas.length > 0 || service.tasks.length > 0 ? 'created' : 'absent',
      service.ports.some(({ published }) => published !== undefined) ? 'published' : '',
      service.swarm && !service.swarm.mode.startsWith('replicated') ? 'global' : 'replicated',
      running > 0 && isProxyImage(service.image) ? 'proxy' : '',
      declared?.build ? 'built' : '',
    ),
    accessibleLabel: [
      name,
      service.health === 'unknown'
        ? 'not known what runs'
        : countText(service) &&
          `${desired === undefined ? running : `${running} of ${desired}`} ${desired === 1 ? 'replica' : 'replicas'} running`,
      ...extras,
    ]
      .filter(Boolean)
      .join(', '),
    tooltip: serviceTooltip(service),
    ...((service.replicas.length > 0 || service.tasks.length > 0) && { open: 'collapsed' as const }),
  };
}

/** `2/3 running`; empty where that would say nothing: no Engine answers, all has finished, or nobody asked for it. */
export function countText({ running, desired, health, declared }: Service): string {
  const unasked = running === 0 && desired === 0 && declared?.profiles.length;
  if (health === 'unknown' || health === 'done' || unasked) return '';
  return `${desired === undefined ? running : `${running}/${desired}`} running`;
}

/** What the count does not say already. */
export function healthText({ health, replicas }: Service): string {
  return health === 'failed' ? `exited (${replicas.find(hasFailed)?.exitCode})` : saidHealth[health];
}

function serviceTooltip({ name, image, ports, drifted, declared }: Service): string {
  const lines = [`**${escape(name)}**`];
  if (image) lines.push(`Image ${code(image)}`);
  if (ports.length > 0) lines.push(`Ports ${ports.map((port) => code(portName(port))).join(', ')}`);
  if (declared?.gpus) lines.push(`GPUs per replica: ${declared.gpus}`);
  if (drifted) lines.push('The file has changed since these replicas were created; Up would recreate them.');
  return lines.join('\n\n');
}

function presentReplica(replica: Replica, service: Service): Item {
  const { state, health, exitCode, addresses } = replica;
  const name = `${service.name}-${replica.number}`;
  const said = exitCode === undefined || state === 'running' ? state : `${state} (${exitCode})`;
  const words = [said, health].filter((word): word is string => word !== undefined);
  return {
    label: name,
    description: [...words, addresses[0]?.address ?? ''].filter(Boolean).join(' · '),
    icon: replicaIcon(replica),
    contextValue: facets(
      'replica',
      service.target,
      state,
      replica.ports.some(({ published }) => published) ? 'published' : '',
      state === 'running' && isProxyImage(replica.image) ? 'proxy' : '',
    ),
    accessibleLabel: [name, ...words].join(', '),
    tooltip: replicaTooltip(replica),
  };
}

function replicaTooltip({ name, id, image, ports, addresses }: Replica): string {
  return [
    `**${escape(name)}** ${code(id.slice(0, 12))}`,
    `Image ${code(image)}`,
    ...addresses.map(({ network, address }) => `${code(address)} on ${escape(network)}`),
    ...(ports.length > 0 ? [`Ports ${ports.map((port) => code(portName(port))).join(', ')}`] : []),
  ].join('\n\n');
}

function replicaIcon(replica: Replica): Icon {
  const { state, health, exitCode } = replica;
  switch (state) {
    case 'running':
      return healthIcons[health ?? 'running'];
    case 'paused':
      return { name: 'debug-pause', color: 'longshore.warning' };
    case 'restarting':
      return { name: 'sync', color: 'longshore.error' };
    case 'created':
    case 'removing':
      return { name: 'circle-outline' };
    case 'dead':
      return healthIcons.unhealthy;
    case 'exited':
      return exitCode === 0 ? healthIcons.done : hasFailed(replica) ? healthIcons.failed : healthIcons.stopped;
  }
}

function presentTask(task: Task, service: Service): Item {
  const name =
    task.slot === undefined ? `${service.name} on ${task.nodeId?.slice(0, 12) ?? '?'}` : `${service.name}.${task.slot}`;
  const words = [task.state, task.error ?? ''].filter(Boolean);
  return {
    label: name,
    description: words.join(' · '),
    icon: taskIcon(task),
    contextValue: facets('task', task.state),
    accessibleLabel: [name, ...words].join(', '),
    tooltip: [`**${escape(name)}** ${code(task.id)}`, `Image ${code(task.image)}`, task.error ? escape(task.error) : '']
      .filter(Boolean)
      .join('\n\n'),
  };
}

function taskIcon({ state, error }: Task): Icon {
  if (state === 'running') return healthIcons.running;
  if (state === 'failed' || state === 'rejected') return healthIcons.unhealthy;
  if (state === 'complete') return healthIcons.done;
  if (state === 'shutdown' || state === 'orphaned' || state === 'remove') return healthIcons.stopped;
  return error ? healthIcons.partial : healthIcons.starting;
}

const healthIcons: Readonly<Record<ServiceHealth, Icon>> = {
  unknown: { name: 'circle-outline' },
  none: { name: 'circle-outline' },
  failed: { name: 'circle-slash', color: 'longshore.error' },
  stopped: { name: 'debug-stop', color: 'descriptionForeground' },
  partial: { name: 'warning', color: 'longshore.warning' },
  starting: { name: 'sync', color: 'charts.blue' },
  unhealthy: { name: 'error', color: 'longshore.error' },
  healthy: { name: 'pass-filled', color: 'charts.green' },
  running: { name: 'play-circle', color: 'charts.green' },
  done: { name: 'check' },
};

const saidHealth: Readonly<Record<Exclude<ServiceHealth, 'failed'>, string>> = {
  unknown: '',
  none: '',
  stopped: 'stopped',
  partial: '',
  starting: 'starting',
  unhealthy: 'unhealthy',
  healthy: 'healthy',
  running: '',
  done: 'finished',
};

function portText(ports: readonly PublishedPort[]): string {
  const published = ports.flatMap(({ published }) => (published === undefined ? [] : [published]));
  const shown = [...new Set(published)].sort((a, b) => a - b);
  if (shown.length === 0) return '';
  return shown.length > 3 ? `:${shown[0]}…${shown.at(-1)}` : shown.map((port) => `:${port}`).join(' ');
}

function portName({ host, published, target, protocol }: PublishedPort): string {
  const inside = `${target}/${protocol}`;
  return published === undefined ? inside : `${host ? `${host}:` : ''}${published} → ${inside}`;
}

function facets(...words: readonly string[]): string {
  return words.filter(Boolean).join(';');
}

/** Names come from files and labels: none of them is Markdown. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', 'ˋ')}\``;
}
