import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { composeScale } from '../../client/src/commands/composeScale.js';
import { runCommand } from '../../client/src/commands/register.js';
import type { Engine, Replica } from '../../client/src/engine/engine.js';
import { nothingSeen } from '../../client/src/engine/snapshot.js';
import { joinProjects } from '../../client/src/model/projects.js';
import { uriOf } from '../../client/src/model/paths.js';
import type { Settings } from '../../client/src/config.js';
import type { ProxyLink } from '../../server/src/protocol.js';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';
import { fakeCtx, fakeProject, fakeService } from './fakeCtx.js';
import { fakeUi } from './fakeUi.js';
import { reach } from './reach.js';

export interface ProxiedProject {
  readonly name: string;
  readonly folder: string;
  /** Relative to the folder, or absolute. */
  readonly files: readonly string[];
  readonly service: string;
  readonly proxy: Pick<ProxyLink, 'kind' | 'service' | 'needsReload'>;
  readonly port: number;
}

export interface ScalingWorld {
  readonly engine: Engine;
  readonly compose: (...args: readonly string[]) => Promise<string>;
  replicas(): Promise<readonly Replica[]>;
  /** By our command, every question answered with yes. Answers with what was said. */
  scale(count: number, settings?: Partial<Settings>): Promise<readonly string[]>;
}

/** A project behind a proxy on a test Engine, and the command that scales it. */
export async function openScaling(docker: TestEngine, project: ProxiedProject): Promise<ScalingWorld> {
  const { name, folder, service, proxy } = project;
  const files = project.files.map((file) => resolve(folder, file));
  const { engine, cli } = await reach(docker);
  const workspace = [
    fakeProject(name, [fakeService(service), fakeService(proxy.service)], {
      folder: uriOf(folder),
      files: files.map(uriOf),
    }),
  ];
  const start = { line: 0, character: 0 };
  const link = { ...proxy, uri: 'file:///proxy', range: { start, end: start }, upstream: service, port: undefined };
  const replicas = (): Promise<readonly Replica[]> => engine.replicas({ project: name, service });
  return {
    engine,
    replicas,
    async compose(...args) {
      const named = files.flatMap((file) => ['--file', file]);
      return (await docker.docker(['compose', ...named, '--project-directory', folder, ...args])).stdout;
    },
    async scale(count, settings = {}) {
      const all = await engine.replicas();
      const snapshot = {
        ...nothingSeen,
        state: { kind: 'connected' },
        info: await engine.info(),
        replicas: new Map(all.map((replica) => [replica.id, replica])),
      } as const;
      const joined = joinProjects({ workspace, snapshot, scaled: new Map(), hashes: new Map(), others: false });
      const [found] = joined;
      const target = found?.services.find((one) => one.name === service);
      if (!found || !target) throw new Error(`${service} is not there.`);
      const ctx = fakeCtx({
        ui: fakeUi([String(count), true]),
        engine,
        cli,
        snapshot: () => snapshot,
        projects: () => joined,
        settings: { 'scale.reloadProxies': 'always', ...settings },
        language: { proxiesOf: async () => [link] },
      });
      await runCommand(ctx, composeScale, { kind: 'service', project: found, service: target }, undefined);
      return ctx.ui.said;
    },
  };
}

export const projects: Readonly<Record<'nginx' | 'haproxy', ProxiedProject>> = {
  nginx: {
    name: 'gpu-inference',
    folder: resolve('examples/gpu-inference'),
    files: ['compose.yaml', 'compose.cpu.yaml'],
    service: 'api',
    proxy: { kind: 'nginx', service: 'nginx', needsReload: true },
    port: 8080,
  },
  haproxy: {
    name: 'haproxy-scale',
    folder: resolve('examples/haproxy-scale'),
    files: ['compose.yaml'],
    service: 'web',
    proxy: { kind: 'haproxy', service: 'haproxy', needsReload: false },
    port: 8082,
  },
};

/** Images that the examples name. */
export const images: readonly string[] = [
  'inference-api:1.0',
  'nginx:stable-alpine',
  'busybox:1.36',
  'haproxy:2.8-alpine',
];

/**
 * The project with replicas that are as bad as can be: an answer takes 0.2 s, and told to stop they end at once, with whatever they
 * have. Its files are written to `folder`.
 */
export function withRudeReplicas(project: ProxiedProject, folder: string): ProxiedProject {
  const program = join(folder, 'cgi-bin', 'index.cgi');
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(program, '#!/bin/sh\nsleep 0.2\nprintf \'Content-Type: text/plain\\r\\n\\r\\n%s\\n\' "$(hostname)"\n');
  chmodSync(program, 0o755);
  const service = {
    image: 'busybox:1.36',
    command: ['httpd', '-f', '-p', '8000', '-h', '/rude'],
    stop_signal: 'SIGKILL',
    volumes: [`${folder}:/rude:ro`],
  };
  const file = join(folder, 'rude.yaml');
  writeFileSync(file, JSON.stringify({ services: { [project.service]: service } }));
  return { ...project, files: [...project.files, file] };
}

/**
 * The project with hooks that write into `out/ran` of the folder, one as somebody else and elsewhere, and the second of which fails
 * while there is a file `out/fail`.
 */
export function withHooks(project: ProxiedProject, folder: string): ProxiedProject {
  const out = join(folder, 'out');
  mkdirSync(out);
  chmodSync(out, 0o777);
  const first = { command: ['sh', '-c', 'echo "$$(hostname) $$(id -u) $$PWD $$WORD" >> /out/ran'] };
  const as = { user: 'nobody', working_dir: '/tmp', environment: { WORD: 'it costs $$5' } };
  const second = {
    command: 'sh -c "echo second >> /out/ran; test ! -e /out/fail || { echo the queue is full >&2; exit 3; }"',
  };
  const service = { pre_stop: [{ ...first, ...as }, second], volumes: [`${out}:/out`] };
  const file = join(folder, 'hooks.yaml');
  writeFileSync(file, JSON.stringify({ services: { [project.service]: service } }));
  return { ...project, files: [...project.files, file] };
}

/**
 * HAProxy without `-W` on its command line: its configuration, a folder, asks for the master. The folder has a name that a program
 * could take for an option and a shell for something else.
 */
export function withMasterInFile(project: ProxiedProject, folder: string): ProxiedProject {
  const config = join(folder, 'haproxy.d');
  mkdirSync(config);
  const text = readFileSync(resolve(project.folder, 'haproxy.cfg'), 'utf8');
  writeFileSync(join(config, 'all.cfg'), text.replace('global\n', 'global\n    master-worker\n'));
  const where = `-it's "$$(odd)".d`;
  const service = {
    entrypoint: ['haproxy'],
    command: ['-f', where],
    working_dir: '/etc',
    volumes: [`${config}:/etc/${where}:ro`],
  };
  const file = join(folder, 'master.yaml');
  writeFileSync(file, JSON.stringify({ services: { [project.proxy.service]: service } }));
  return { ...project, files: [...project.files, file] };
}

/** The project with connections that stay open between the proxy and the replicas too. */
export function withKeptConnections(project: ProxiedProject, folder: string): ProxiedProject {
  const file = join(folder, 'kept.yaml');
  const { service, proxy } = project;
  const services: Record<string, object> = {};
  if (proxy.kind === 'nginx') {
    const template = readFileSync(resolve(project.folder, 'nginx/inference.conf.template'), 'utf8')
      .replace(/server \$\{API_HOST\}.*/, '$&\n    keepalive 32;')
      .replace(/proxy_pass .*/, '$&\n        proxy_http_version 1.1;\n        proxy_set_header Connection "";');
    const kept = join(folder, 'kept.conf.template');
    writeFileSync(kept, template);
    services[proxy.service] = { volumes: [`${kept}:/etc/nginx/inference.conf.template:ro`] };
  } else {
    // HAProxy keeps connections by itself; busybox's server does not.
    services[service] = { image: 'inference-api:1.0', command: ['nginx', '-g', 'daemon off;'], stop_signal: 'SIGQUIT' };
  }
  writeFileSync(file, JSON.stringify({ services }));
  return { ...project, files: [...project.files, file] };
}
