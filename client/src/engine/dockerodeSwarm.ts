import { toSwarmNode, toSwarmService, toTask } from './fromSwarmApi.js';
import type { ApiNode, ApiService, ApiTask } from './fromSwarmApi.js';
import { dockerodeSwarmControl } from './dockerodeSwarmControl.js';
import type { SwarmEngine } from './swarm.js';
import { toSwarmFile, toSwarmNetwork } from './swarmApi.js';
import type { ApiFile, ApiNetwork } from './swarmApi.js';
import type { Transport } from './transport.js';

export function dockerodeSwarm(transport: Transport): SwarmEngine {
  return {
    control: dockerodeSwarmControl(transport),

    async services({ stack, ids } = {}, signal) {
      const label = stack === undefined ? undefined : [`com.docker.stack.namespace=${stack}`];
      const query = { status: true, filters: { ...(label && { label }), ...(ids && { id: ids }) } };
      const services = await transport.json({ path: '/services', query }, signal);
      return (services as readonly ApiService[]).map(toSwarmService);
    },

    async tasks({ serviceIds, nodeId } = {}, signal) {
      const filters = { ...(serviceIds && { service: serviceIds }), ...(nodeId && { node: [nodeId] }) };
      const tasks = await transport.json({ path: '/tasks', query: { filters } }, signal);
      return (tasks as readonly ApiTask[]).map(toTask);
    },

    async nodes(signal) {
      return ((await transport.json({ path: '/nodes' }, signal)) as readonly ApiNode[]).map(toSwarmNode);
    },

    async resources(signal) {
      const ask = (path: string, query = {}): Promise<unknown> => transport.json({ path, query }, signal);
      const [networks, secrets, configs] = await Promise.all([
        ask('/networks', { filters: { scope: ['swarm'] } }),
        ask('/secrets'),
        ask('/configs'),
      ]);
      return {
        networks: (networks as readonly ApiNetwork[]).map(toSwarmNetwork),
        secrets: (secrets as readonly ApiFile[]).map(toSwarmFile),
        configs: (configs as readonly ApiFile[]).map(toSwarmFile),
      };
    },
  };
}
