import { createRequire } from 'node:module';
import type { Config } from '../config.js';
import type { Invocation } from './cli.js';
import type { Engine } from './engine.js';
import { resolveEndpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';

/** The Engine that settings, variables and contexts choose; chosen again after `forget`. */
export interface EngineAccess {
  /** Throws an `Error` that names a context which does not exist. */
  endpoint(): Promise<Endpoint>;
  engine(): Promise<Engine>;
  /** The `docker` program, told to talk to the same Engine. */
  program(): Promise<Invocation>;
  env(): Readonly<Record<string, string | undefined>>;
  forget(): void;
}

export function engineAccess(config: Config): EngineAccess {
  let endpoint: Promise<Endpoint> | undefined;
  let engine: Promise<Engine> | undefined;
  const env = (): Readonly<Record<string, string | undefined>> => ({
    ...process.env,
    ...config.get('docker.environment'),
  });
  const access: EngineAccess = {
    env,
    endpoint: () => (endpoint ??= resolveEndpoint({ context: config.get('docker.context'), env: env() })),
    engine: () => (engine ??= access.endpoint().then((chosen) => connector()(chosen))),
    async program() {
      const { context, chosenBy } = await access.endpoint();
      // Where nothing was chosen the program chooses the same by itself.
      const args = context !== undefined && chosenBy === 'setting' ? [`--context=${context}`] : [];
      return { program: config.get('docker.path') || 'docker', args, env: config.get('docker.environment') };
    },
    forget() {
      endpoint = undefined;
      engine = undefined;
    },
  };
  return access;
}

/** dockerode's bundle, read when an Engine is first asked and not when the editor starts. */
function connector(): (typeof import('./connect.js'))['connect'] {
  const { connect } = createRequire(__filename)('./engine.js') as typeof import('./connect.js');
  return connect;
}
