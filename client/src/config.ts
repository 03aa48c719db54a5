/** The settings the client reads. One place knows their names; a test compares them with package.json. */
export interface Config {
  get<K extends keyof Settings>(key: K): Settings[K];
  set<K extends keyof Settings>(key: K, value: Settings[K] | undefined, scope: 'user' | 'workspace'): Promise<void>;
}

export interface Settings {
  readonly 'docker.path': string;
  readonly 'docker.context': string;
  readonly 'docker.environment': Readonly<Record<string, string>>;
  readonly 'compose.profiles': readonly string[];
  readonly 'scale.confirm': 'always' | 'whenItMatters' | 'never';
  readonly 'scale.reloadProxies': 'ask' | 'always' | 'never';
  readonly 'scale.drainSeconds': number;
  readonly 'tree.otherProjects': boolean;
  readonly 'statusBar.context': boolean;
  readonly 'codeLens.services': boolean;
  readonly sideBySide: 'leaveOut' | 'showAll';
  readonly 'logs.lines': number;
  readonly 'logs.tail': number;
  readonly projects: readonly (readonly string[])[];
  readonly targets: Readonly<Record<string, 'compose' | 'stack'>>;
}

export const settingKeys: readonly (keyof Settings)[] = [
  'docker.path',
  'docker.context',
  'docker.environment',
  'compose.profiles',
  'scale.confirm',
  'scale.reloadProxies',
  'scale.drainSeconds',
  'tree.otherProjects',
  'statusBar.context',
  'codeLens.services',
  'sideBySide',
  'logs.lines',
  'logs.tail',
  'projects',
  'targets',
];
