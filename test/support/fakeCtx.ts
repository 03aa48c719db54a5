import type { Config, Settings } from '../../client/src/config.js';
import type { Ctx } from '../../client/src/context.js';
import type { Cli } from '../../client/src/engine/cli.js';
import type { Engine } from '../../client/src/engine/engine.js';
import { nothingSeen } from '../../client/src/engine/snapshot.js';
import type { Snapshot } from '../../client/src/engine/snapshot.js';
import type { Language } from '../../client/src/language/language.js';
import type { Project } from '../../client/src/model/projects.js';
import type { DeclaredPort, WorkspaceProject, WorkspaceService } from '../../server/src/protocol.js';
import { fakeUi } from './fakeUi.js';
import type { FakeUi } from './fakeUi.js';

export interface FakeCtx extends Ctx {
  readonly ui: FakeUi;
  readonly logged: readonly string[];
  readonly scaled: Ctx['scaled'] & { readonly counts: Map<string, number> };
}

export interface FakeParts {
  readonly ui?: FakeUi;
  readonly engine?: Engine;
  readonly cli?: Cli;
  readonly snapshot?: () => Snapshot;
  readonly projects?: () => readonly Project[];
  readonly settings?: Partial<Settings>;
  readonly language?: Partial<Language>;
}

export function fakeCtx(parts: FakeParts = {}): FakeCtx {
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const counts = new Map<string, number>();
  return {
    ui: parts.ui ?? fakeUi(),
    logged,
    log: { trace: log, debug: log, info: log, warn: log, error: log },
    config: fakeConfig(parts.settings),
    language: {
      projects: async () => [],
      target: async () => undefined,
      proxiesOf: async () => [],
      replicasEdit: async () => undefined,
      stackFile: async () => ({ errors: [], variables: {} }),
      services: async () => [],
      effectiveConfig: async () => undefined,
      refreshLenses: () => undefined,
      onProjectsChanged: () => ({ dispose: () => undefined }),
      onEffectiveConfigChanged: () => ({ dispose: () => undefined }),
      ...parts.language,
    },
    cli: parts.cli ?? fakeCli(),
    engine: async () => {
      if (!parts.engine) throw new Error('This test has no Engine.');
      return parts.engine;
    },
    endpoint: async () => ({ context: 'default', host: 'unix:///fake.sock', tls: undefined, chosenBy: 'default' }),
    snapshot: async () => parts.snapshot?.() ?? nothingSeen,
    projects: async () => parts.projects?.() ?? [],
    scaled: {
      counts,
      set: (service, count) => void (count === undefined ? counts.delete(service) : counts.set(service, count)),
    },
    showLogs: async (scope) => log(`logs of ${scope.map(({ name }) => name).join(', ')}`),
    showBalance: async (service, spread) => log(`load balancing of ${service} ${spread?.answered ?? ''}`.trim()),
    refresh: () => log('refresh'),
  };
}

export interface FakeCli extends Cli {
  /** The arguments of each run, joined by spaces. */
  readonly runs: string[];
}

/** Remembers what was run; `act` stands in for what Docker would do. */
export function fakeCli(act: (args: readonly string[]) => string | Promise<string> = () => ''): FakeCli {
  const runs: string[] = [];
  return {
    runs,
    async run(args) {
      runs.push(args.join(' '));
      return { stdout: await act(args), stderr: '' };
    },
    invocation: async (args) => ({ program: 'docker', args, env: {} }),
  };
}

const defaults: Settings = {
  'docker.path': 'docker',
  'docker.context': '',
  'docker.environment': {},
  projects: [],
  'compose.profiles': [],
  'scale.confirm': 'whenItMatters',
  'scale.reloadProxies': 'ask',
  'scale.drainSeconds': 60,
  'tree.otherProjects': true,
  'statusBar.context': true,
  'codeLens.services': true,
  sideBySide: 'leaveOut',
  'logs.lines': 10_000,
  'logs.tail': 500,
  targets: {},
};

function fakeConfig(settings: Partial<Settings> = {}): Config {
  const values: Settings = { ...defaults, ...settings };
  return { get: (key) => values[key], set: async () => undefined };
}

export function fakeProject(
  name: string,
  services: readonly WorkspaceService[],
  more: Partial<WorkspaceProject> = {},
): WorkspaceProject {
  const folder = `file:///code/${name}`;
  return { name, target: 'compose', folder, files: [`${folder}/compose.yaml`], envFiles: [], services, ...more };
}

export function fakeService(name: string, more: Partial<WorkspaceService> = {}): WorkspaceService {
  const start = { line: 0, character: 0 };
  return {
    name,
    uri: 'file:///code/compose.yaml',
    range: { start, end: start },
    replicas: 1,
    image: 'example/image:1',
    build: false,
    containerName: undefined,
    ports: [],
    profiles: [],
    gpus: undefined,
    ...more,
  };
}

export function fakePort(
  target: number,
  published?: DeclaredPort['published'],
  uri = 'file:///code/compose.yaml',
): DeclaredPort {
  const start = { line: 0, character: 0 };
  return { uri, range: { start, end: start }, target, published, protocol: 'tcp' };
}
