/** Another extension that completes, explains or checks Compose files, and the settings that have it leave them alone. */
export interface OtherExtension {
  readonly id: string;
  readonly name: string;
  readonly switches: readonly Switch[];
  /** Whether its switches count only after the window was loaded again. */
  readonly restart: boolean;
  /** Whether a finding is one of its, by the finding's source. */
  says(source: string | undefined): boolean;
}

/** A setting; `value` is what the user's settings have, undefined where they say nothing. */
export interface Switch {
  readonly setting: string;
  /** Set for Compose files alone, as in `"[dockercompose]": { … }`. */
  readonly language?: string;
  isOff(value: unknown): boolean;
  off(value: unknown): unknown;
  on(value: unknown): unknown;
}

/** As each of them documents it; see the table in README.md. */
export const otherExtensions: readonly OtherExtension[] = [
  {
    id: 'redhat.vscode-yaml',
    name: 'YAML',
    switches: [
      boolean('yaml.validate', 'dockercompose'),
      // It takes its own eight patterns out of this list by itself, so ours are others.
      patterns('yaml.disableSchemaDetection', ['**/*compose*.yml', '**/*compose*.yaml']),
    ],
    restart: false,
    says: (source = '') => source === 'YAML' || source.startsWith('yaml-schema:'),
  },
  {
    id: 'ms-azuretools.vscode-containers',
    name: 'Container Tools',
    switches: [boolean('containers.enableComposeLanguageService')],
    restart: true,
    says: (source) => source === undefined,
  },
  {
    id: 'docker.docker',
    name: 'Docker DX',
    switches: [boolean('docker.extension.enableComposeLanguageServer')],
    restart: true,
    says: (source = '') => source.startsWith('Docker DX'),
  },
];

function boolean(setting: string, language?: string): Switch {
  return {
    setting,
    ...(language !== undefined && { language }),
    isOff: (value) => value === false,
    off: () => false,
    on: () => undefined,
  };
}

function patterns(setting: string, ours: readonly string[]): Switch {
  const list = (value: unknown): readonly unknown[] =>
    Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
  const without = (value: unknown): readonly unknown[] => list(value).filter((it) => !ours.includes(String(it)));
  return {
    setting,
    isOff: (value) => ours.every((pattern) => list(value).includes(pattern)),
    off: (value) => [...without(value), ...ours],
    on: (value) => (without(value).length > 0 ? without(value) : undefined),
  };
}
