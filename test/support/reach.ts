import { dockerCli } from '../../client/src/engine/cli.js';
import type { Cli } from '../../client/src/engine/cli.js';
import { connect } from '../../client/src/engine/connect.js';
import { resolveEndpoint } from '../../client/src/engine/endpoint.js';
import type { Endpoint } from '../../client/src/engine/endpoint.js';
import type { Engine } from '../../client/src/engine/engine.js';
import type { Engine as TestEngine } from '../setup/dockerd.mjs';

/** The extension's ways to a test Engine, found as it finds them: its API and the docker program. */
export async function reach({ env }: Pick<TestEngine, 'env'>): Promise<{
  readonly endpoint: Endpoint;
  readonly engine: Engine;
  readonly cli: Cli;
}> {
  const endpoint = await resolveEndpoint({ context: '', env: { ...process.env, ...env } });
  const prepare = async () => ({ program: 'docker', args: [], env });
  return { endpoint, engine: connect(endpoint), cli: dockerCli({ prepare, log: () => undefined }) };
}
