import { targets } from '../target.js';
import type { ReportedRule } from './rule.js';

const schema = { scope: 'schema', severity: 'error', targets } as const;

/** What the comparison with the attribute table finds; each finding brings its severity. */
export const shapeRules: readonly ReportedRule[] = [
  {
    ...schema,
    id: 'unknown-key',
    docs: {
      summary: 'The tool does not know this key.',
      why: 'Wherever the keys are a fixed set, an unknown one makes the tool refuse the whole file. Keys of your own begin with `x-`.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    delopy:\n      replicas: 2\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 2\n',
      tool: "services.web additional properties 'delopy' not allowed",
    },
  },
  {
    ...schema,
    id: 'misplaced-key',
    docs: {
      summary: 'The key belongs somewhere else.',
      why: 'The key exists, but not here: it is indented too little or too much, or stands in the wrong mapping.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    replicas: 2\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 2\n',
      tool: "services.web additional properties 'replicas' not allowed",
    },
  },
  {
    ...schema,
    id: 'wrong-type',
    docs: {
      summary: 'The value has the wrong type.',
      why: 'The tool expects another kind of value here: a list, a mapping, a text, a number. docker stack is the stricter one: it takes no number in quotes.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    ports: "80:80"\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - "80:80"\n',
      tool: 'services.web.ports must be a array',
    },
  },
  {
    ...schema,
    id: 'invalid-value',
    docs: {
      summary: 'The value is not one of those allowed.',
      why: 'The tool, or the Engine later on, refuses any other word.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    cgroup: shared\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    cgroup: private\n',
      tool: "services.web.cgroup value must be one of 'host', 'private'",
    },
  },
  {
    ...schema,
    id: 'missing-key',
    docs: {
      summary: 'A key that must be there is missing.',
      why: 'The tool cannot do without it and refuses the file.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - { source: data, target: /data }\nvolumes:\n  data: {}\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - { type: volume, source: data, target: /data }\nvolumes:\n  data: {}\n',
      tool: 'services.web.volumes.0 type is required',
    },
  },
  {
    ...schema,
    id: 'duplicate-item',
    docs: {
      summary: 'The same item stands twice in a list.',
      why: 'Some lists must not repeat an item; docker stack checks more of them than docker compose.',
      bad: '# longshore: target=stack\nservices:\n  web:\n    image: nginx:1.27\n    dns: [1.1.1.1, 1.1.1.1]\n',
      good: '# longshore: target=stack\nservices:\n  web:\n    image: nginx:1.27\n    dns: [1.1.1.1]\n',
      tool: 'services.web.dns array items[0,1] must be unique',
    },
  },
  {
    ...schema,
    id: 'not-in-stack',
    targets: ['stack'],
    docs: {
      summary: '`docker stack deploy` refuses this key.',
      why: 'Stack files use the older, stricter format: much of what docker compose takes is refused there.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    mem_limit: 512m\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    deploy:\n      resources:\n        limits:\n          memory: 512m\n',
      tool: 'mem_limit: Set resource limits using deploy.resources',
    },
  },
  {
    ...schema,
    id: 'ignored-in-stack',
    severity: 'warning',
    targets: ['stack'],
    docs: {
      summary: '`docker stack deploy` ignores this key.',
      why: 'The file is accepted and the key has no effect, at times without a word.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    container_name: web\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n',
      tool: 'Ignoring deprecated options: container_name: Setting the container name is not supported.',
    },
  },
  {
    ...schema,
    id: 'ignored-in-compose',
    severity: 'info',
    targets: ['compose'],
    docs: {
      summary: '`docker compose` ignores this key.',
      why: 'It is for a swarm: docker compose takes the file and the key has no effect.',
      bad: 'services:\n  web:\n    image: nginx:1.27\n    build: .\n    deploy:\n      update_config: { order: start-first }\n',
      good: 'services:\n  web:\n    image: nginx:1.27\n    build: .\n    deploy:\n      replicas: 2\n',
    },
  },
  {
    ...schema,
    id: 'needs-newer-format',
    targets: ['stack'],
    docs: {
      summary: 'The key is newer than the file format that `version` names.',
      why: 'docker stack checks a file against the format it names. Without `version` the newest one counts.',
      bad: 'version: "3.1"\nservices:\n  web:\n    image: nginx:1.27\n    init: true\n',
      good: 'version: "3.8"\nservices:\n  web:\n    image: nginx:1.27\n    init: true\n',
      tool: 'services.web Additional property init is not allowed',
    },
  },
  {
    ...schema,
    id: 'deprecated-key',
    severity: 'warning',
    docs: {
      summary: 'The key is out of use.',
      why: 'It still works, but there is a better way and it may go.',
      bad: 'services:\n  web:\n    image: nginx:1.27\nnetworks:\n  front:\n    external:\n      name: edge\n',
      good: 'services:\n  web:\n    image: nginx:1.27\nnetworks:\n  front:\n    external: true\n    name: edge\n',
      tool: 'networks.front: external.name is deprecated. Please set name and external: true',
    },
  },
];
