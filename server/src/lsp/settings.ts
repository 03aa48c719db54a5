import picomatch from 'picomatch';
import type { InlayHintSettings } from '../compose/features/inlayHints.js';
import type { RuleSettings, Severity } from '../compose/rules/rule.js';
import { targets, type Target } from '../compose/target.js';

/** What a person sets for one resource, under `longshore`. */
export interface Settings extends RuleSettings {
  /** The target that a glob gives to a file, the first match counting. */
  target(path: string): Target | undefined;
  /** The service that a glob gives a proxy's file to. */
  proxyOf(path: string): string | undefined;
  /** Projects of several files, each in the order of `-f`; paths from the workspace folder. */
  readonly projects: readonly (readonly string[])[];
  /** Files with variables in place of `.env`; paths from the project's folder. */
  readonly environmentFiles: readonly string[];
  readonly inlayHints: InlayHintSettings;
  /** Whether files may be formatted. */
  readonly format: boolean;
}

const severities: readonly string[] = ['error', 'warning', 'info', 'hint', 'off'];

/** Reads what a client sent; what it does not understand is as if it were not there. */
export function readSettings(value: unknown): Settings {
  const object = asRecord(value);
  const globs = globsOf(object['targets'], (wanted) => targets.find((it) => it === wanted));
  const proxies = globsOf(object['proxies'], (wanted) => (typeof wanted === 'string' ? wanted : undefined));
  const severity = Object.fromEntries(
    Object.entries(asRecord(object['rules'])).filter(
      (entry): entry is [string, Severity | 'off'] => typeof entry[1] === 'string' && severities.includes(entry[1]),
    ),
  );
  const gpus = object['gpus'];
  const hints = asRecord(object['inlayHints']);
  return {
    severity,
    ...(typeof gpus === 'number' && gpus >= 0 ? { gpus } : {}),
    target: (path) => globs.find(({ matches }) => matches(path))?.value,
    proxyOf: (path) => proxies.find(({ matches }) => matches(path))?.value,
    projects: asList(object['projects'])
      .map(textsOf)
      .filter((files) => files.length > 0),
    environmentFiles: textsOf(asRecord(object['compose'])['environmentFiles']),
    inlayHints: {
      variables: hints['variables'] !== false,
      replicas: hints['replicas'] !== false,
      ports: hints['ports'] === true,
    },
    format: asRecord(object['format'])['enable'] === true,
  };
}

function globsOf<T>(
  setting: unknown,
  read: (value: unknown) => T | undefined,
): readonly { readonly matches: (path: string) => boolean; readonly value: T }[] {
  return Object.entries(asRecord(setting)).flatMap(([glob, wanted]) => {
    const value = read(wanted);
    const matches = matcher(glob.includes('/') ? glob : `**/${glob}`);
    return value === undefined || !matches ? [] : [{ matches, value }];
  });
}

/** Undefined for what is too long to be a glob. */
function matcher(glob: string): ((path: string) => boolean) | undefined {
  try {
    return picomatch(glob, { dot: true });
  } catch {
    return undefined;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): readonly string[] {
  return asList(value).filter((it): it is string => typeof it === 'string' && it !== '');
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
