import type { StackFormat } from './types.js';

/** A version of the stack file format and what understands it. */
export interface FileFormat {
  readonly version: StackFormat;
  /** First docker CLI that reads it. */
  readonly cli: string;
  /** First Docker Engine that obeys it. */
  readonly engine: string;
  /** What it brought, in the words of the files. */
  readonly brought: string;
}

/** Every stack file format. Without `version`, with an empty one and with `3` the newest counts that the CLI knows. */
export const formats: readonly FileFormat[] = [
  { version: '3.0', cli: '1.13.0', engine: '1.13.0', brought: '`deploy`' },
  { version: '3.1', cli: '1.13.1', engine: '1.13.1', brought: '`secrets`' },
  {
    version: '3.2',
    cli: '17.04',
    engine: '17.04',
    brought: 'long forms of `ports` and `volumes`, `endpoint_mode`, `attachable`',
  },
  { version: '3.3', cli: '17.06', engine: '17.06', brought: '`configs`, `credential_spec`, placement `preferences`' },
  {
    version: '3.4',
    cli: '17.09',
    engine: '17.09',
    brought: '`x-` keys at the top, `order`, `start_period`, names of volumes',
  },
  {
    version: '3.5',
    cli: '17.12',
    engine: '17.12',
    brought: '`isolation`, `generic_resources`, names of networks, secrets and configs',
  },
  { version: '3.6', cli: '18.02', engine: '18.02', brought: '`tmpfs.size`' },
  { version: '3.7', cli: '18.06', engine: '18.06', brought: '`init`, `rollback_config`, `x-` keys in services' },
  { version: '3.8', cli: '19.03', engine: '19.03', brought: '`max_replicas_per_node`, drivers of secrets and configs' },
  { version: '3.9', cli: '20.10', engine: '20.10', brought: '`limits.pids`, `cgroupns_mode`' },
  { version: '3.10', cli: '23.0', engine: '23.0', brought: 'cluster volumes, `version` may be left out' },
  { version: '3.11', cli: '24.0', engine: '24.0', brought: 'any key in `build`' },
  { version: '3.12', cli: '25.0', engine: '25.0', brought: '`start_interval`' },
  { version: '3.13', cli: '27.1', engine: '27.1', brought: '`driver_opts` of service networks, `oom_score_adj`' },
];

/** What older formats, which only the first docker-compose read, asked of the Engine. */
export const formerFormats: Readonly<Record<string, string>> = {
  '1': '1.9.1',
  '2': '1.10.0',
  '2.0': '1.10.0',
  '2.1': '1.12.0',
  '2.2': '1.13.0',
  '2.3': '17.06',
  '2.4': '17.12',
};

/** Whether `docker stack deploy` takes a `version`. */
export function isStackFormat(version: string): boolean {
  return version === '' || version === '3' || formats.some((it) => it.version === version);
}
