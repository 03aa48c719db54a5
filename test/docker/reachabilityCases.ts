/** A small project with a proxy in front of a service `api` that listens on 8000 and answers `api`. */
export interface ReachabilityCase {
  readonly title: string;
  readonly stack?: true;
  readonly compose: string;
  readonly files: Readonly<Record<string, string>>;
  /** Whether a request through the proxy reaches `api`; checked against what happens. */
  readonly works: boolean;
}

interface Parts {
  /** More keys of the service `api`, each line without indentation. */
  readonly api?: string;
  readonly listens?: number;
  /** More keys of the proxy, `web`. */
  readonly web?: string;
  /** What the proxy mounts, `FILE:TARGET` each. */
  readonly mounts?: readonly string[];
  /** The port that `web` publishes is its own unless it has no network of its own. */
  readonly publish?: boolean;
  /** Other top-level keys. */
  readonly rest?: string;
  readonly files: Readonly<Record<string, string>>;
}

const indent = (text: string): string => text.trim().replace(/^(?=.)/gm, '    ');
const program = (port: number): string =>
  `command: sh -c "mkdir -p /w && echo api > /w/index.html && exec httpd -f -p ${port} -h /w"`;

function project(
  image: string,
  listens: number,
  { api = '', web = '', mounts = [], publish = true, rest = '' }: Omit<Parts, 'files'>,
): string {
  const volumes = mounts.length > 0 ? `volumes:\n${mounts.map((it) => `  - ./${it}:ro`).join('\n')}` : '';
  const ports = publish ? 'ports: ["@PORT@:80"]' : '';
  const keys = [web, volumes, ports].filter(Boolean).map(indent).join('\n');
  return `services:
  api:
    image: busybox:1.36
    ${program(listens)}
${api && `${indent(api)}\n`}  web:
    image: ${image}
    depends_on: [api]
${keys}
${rest}
`;
}

function nginx(title: string, works: boolean, { listens = 8000, ...parts }: Parts): ReachabilityCase {
  return { title: `nginx: ${title}`, works, files: parts.files, compose: project('nginx:1.27', listens, parts) };
}

/** One file, the usual one. */
function site(title: string, works: boolean, conf: string, parts: Omit<Parts, 'files'> = {}): ReachabilityCase {
  const mounts = parts.mounts ?? ['site.conf:/etc/nginx/conf.d/default.conf'];
  return nginx(title, works, { ...parts, mounts, files: { 'site.conf': conf } });
}

function haproxy(title: string, works: boolean, cfg: string, parts: Omit<Parts, 'files'> = {}): ReachabilityCase {
  const compose = project('haproxy:2.8', parts.listens ?? 8000, {
    ...parts,
    web: `sysctls: { net.ipv4.ip_unprivileged_port_start: 0 }\n${parts.web ?? ''}`,
    mounts: ['haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg'],
  });
  return { title: `HAProxy: ${title}`, works, compose, files: { 'haproxy.cfg': cfg } };
}

function stack(
  title: string,
  works: boolean,
  host: string,
  api: string,
  { apiNetwork = 'inner' } = {},
): ReachabilityCase {
  const compose = `services:
  api:
    image: busybox:1.36
    ${program(8000)}
    networks: [${apiNetwork}]
${api && indent(api)}
  web:
    image: nginx:1.27
    networks: [inner]
    ports:
      - { target: 80, published: @PORT@, mode: host }
    configs:
      - { source: site, target: /etc/nginx/conf.d/default.conf }
configs:
  site:
    file: ./site.conf
networks:
  inner:
  other:
`;
  return { title: `stack: ${title}`, stack: true, works, compose, files: { 'site.conf': pass(`${host}:8000`) } };
}

const pass = (target: string): string =>
  `server {\n  listen 80;\n  location / {\n    proxy_pass http://${target};\n  }\n}\n`;
const group = (servers: string, target = 'backend'): string => `upstream backend {\n  ${servers}\n}\n${pass(target)}`;
const byVariable = (host: string, resolver = 'resolver 127.0.0.11;'): string =>
  `server {\n  listen 80;\n  ${resolver}\n  location / {\n    set $target ${host};\n    proxy_pass http://$target:8000;\n  }\n}\n`;
const whole = (http: string): string => `user nginx;\nevents {}\nhttp {\n${http}}\n`;
const backend = (servers: string, more = ''): string => `defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
${more}
frontend in
  bind :80
  default_backend api

backend api
  ${servers}
`;
const resolvers = 'resolvers docker\n  nameserver dns 127.0.0.11:53\n';
const networks = 'networks:\n  front:\n  back:\n';
const template = pass('${API_HOST}:${API_PORT}').replace(
  '    proxy_pass',
  '    proxy_set_header Host $host;\n    proxy_pass',
);
const variables = 'environment: { API_HOST: api, API_PORT: "8000" }';
const shell = (envsubst: string): string =>
  `${variables}\ncommand: sh -c "envsubst ${envsubst} < /tmp/site.conf > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'"`;
const atTmp = { mounts: ['site.conf:/tmp/site.conf'] };

export const reachabilityCases: readonly ReachabilityCase[] = [
  site('the service and its port', true, pass('api:8000')),
  site('in capitals', true, pass('API:8000')),
  site('no service of that name', false, pass('app:8000')),
  site('a port nobody listens on', false, pass('api:9000')),
  site('the published port', false, pass('api:29000'), { api: 'ports: ["29000:8000"]' }),
  site('the container port of a published one', true, pass('api:8000'), { api: 'ports: ["29001:8000"]' }),
  site('no port, and the service is not on 80', false, pass('api')),
  site('no port, and the service is on 80', true, pass('api'), { listens: 80 }),
  site('another port than the exposed one', false, pass('api:8001'), { api: 'expose: ["8000"]' }),
  site('an alias', true, pass('backend:8000'), { api: 'networks: { default: { aliases: [backend] } }' }),
  site('an alias on another network', false, pass('backend:8000'), {
    api: 'networks: { front: {}, back: { aliases: [backend] } }',
    web: 'networks: [front]',
    rest: networks,
  }),
  site('the container name', true, pass('@NAME@-own:8000'), { api: 'container_name: @NAME@-own' }),
  site('the name of a replica', true, pass('@NAME@-api-1:8000')),
  site('the name of a replica that is not there', false, pass('@NAME@-api-2:8000')),
  site('the host name', true, pass('machine:8000'), { api: 'hostname: machine' }),
  site('no network in common', false, pass('api:8000'), {
    api: 'networks: [back]',
    web: 'networks: [front]',
    rest: networks,
  }),
  site('one network of several in common', true, pass('api:8000'), {
    api: 'networks: [back, front]',
    web: 'networks: [front]',
    rest: networks,
  }),
  site('only one of them on the default network', false, pass('api:8000'), {
    web: 'networks: [front]',
    rest: networks,
  }),
  site('both on the default network, one of them by name', true, pass('api:8000'), {
    web: 'networks: [default, front]',
    rest: networks,
  }),
  site('the alias of a link', true, pass('backend:8000'), { web: 'links: ["api:backend"]' }),
  site('an extra host', true, pass('fixed:8000'), {
    api: 'networks: { fixed: { ipv4_address: 10.213.7.10 } }',
    web: 'networks: [fixed]\nextra_hosts: ["fixed:10.213.7.10"]',
    rest: 'networks:\n  fixed:\n    ipam: { config: [{ subnet: 10.213.7.0/24 }] }\n',
  }),
  site('the host without its extra host', false, pass('host.docker.internal:8000')),
  site('localhost', false, pass('localhost:8000')),
  site('localhost in the namespace of the service', true, pass('localhost:8000'), {
    api: 'ports: ["@PORT@:80"]',
    web: 'network_mode: service:api',
    publish: false,
  }),
  site('a service without a network', false, pass('api:8000'), { api: 'network_mode: none' }),
  site('a service on the network of the host', false, pass('api:8000'), { api: 'network_mode: host' }),
  site('an upstream', true, group('server api:8000;')),
  site('an upstream with a wrong name', false, group('server app:8000;')),
  site('an upstream with a wrong port', false, group('server api:80;')),
  site('an upstream without its port', false, group('server api;')),
  site('an upstream called with a port', false, group('server api:8000;', 'backend:8000')),
  site('an upstream that is not there', false, pass('backend')),
  site('a variable', true, byVariable('api')),
  site('a variable without a resolver', false, byVariable('api', '')),
  site('a variable with a wrong name', false, byVariable('app')),
  nginx('an upstream in another file of the folder', true, {
    mounts: ['conf:/etc/nginx/conf.d'],
    files: { 'conf/a.conf': 'upstream backend {\n  server api:8000;\n}\n', 'conf/b.conf': pass('backend') },
  }),
  nginx('a wrong name in another file of the folder', false, {
    mounts: ['conf:/etc/nginx/conf.d'],
    files: { 'conf/a.conf': 'upstream backend {\n  server app:8000;\n}\n', 'conf/b.conf': pass('backend') },
  }),
  nginx('an included file', true, {
    mounts: ['nginx.conf:/etc/nginx/nginx.conf', 'site.conf:/etc/nginx/sites/api'],
    files: { 'nginx.conf': whole('  include sites/*;\n'), 'site.conf': pass('api:8000') },
  }),
  nginx('a wrong name in an included file', false, {
    mounts: ['nginx.conf:/etc/nginx/nginx.conf', 'site.conf:/etc/nginx/sites/api'],
    files: { 'nginx.conf': whole('  include sites/*;\n'), 'site.conf': pass('apis:8000') },
  }),
  nginx('a file that comes as a config', true, {
    web: 'configs:\n  - { source: site, target: /etc/nginx/conf.d/default.conf }',
    rest: 'configs:\n  site:\n    file: ./site.conf\n',
    files: { 'site.conf': pass('api:8000') },
  }),
  site('a part of a configuration in the place of the whole', false, pass('api:8000'), {
    mounts: ['site.conf:/etc/nginx/nginx.conf'],
  }),
  site('a whole configuration in the place of a part', false, whole(pass('api:8000'))),
  nginx('a file that is not there', false, { mounts: ['sit.conf:/etc/nginx/conf.d/default.conf'], files: {} }),
  site('a template', true, template, {
    web: variables,
    mounts: ['site.conf:/etc/nginx/templates/default.conf.template'],
  }),
  site('a template with a wrong value', false, template, {
    web: variables.replace('API_HOST: api', 'API_HOST: app'),
    mounts: ['site.conf:/etc/nginx/templates/default.conf.template'],
  }),
  site('a template that no entrypoint fills in', false, template, {
    web: `${variables}\ncommand: sh -c "exec nginx -g 'daemon off;'"\nentrypoint: []`,
    mounts: ['site.conf:/etc/nginx/templates/default.conf.template'],
  }),
  site('envsubst with names', true, template, { web: shell("'$$API_HOST $$API_PORT'"), ...atTmp }),
  site('envsubst without names', false, template, { web: shell(''), ...atTmp }),
  site('envsubst with names that Compose replaces', false, template, { web: shell("'$API_HOST $API_PORT'"), ...atTmp }),

  haproxy('the service and its port', true, backend('server one api:8000')),
  haproxy('no service of that name', false, backend('server one app:8000')),
  haproxy('a port nobody listens on', false, backend('server one api:9000')),
  haproxy('the published port', false, backend('server one api:29002'), { api: 'ports: ["29002:8000"]' }),
  haproxy(
    'resolved while it runs',
    true,
    backend('server one api:8000 resolvers docker init-addr libc,none', resolvers),
  ),
  haproxy(
    'a wrong name, resolved while it runs',
    false,
    backend('server one app:8000 resolvers docker init-addr none', resolvers),
  ),
  haproxy(
    'a template of servers',
    true,
    backend('server-template api 2 api:8000 resolvers docker init-addr libc,none', resolvers),
  ),
  haproxy('no network in common', false, backend('server one api:8000'), {
    api: 'networks: [back]',
    web: 'networks: [front]',
    rest: networks,
  }),
  haproxy(
    'a backend that is not there',
    false,
    backend('server one api:8000').replace('backend api\n', 'backend apis\n'),
  ),

  // This machine's kernel may lack IPVS, without which virtual addresses do not answer.
  stack('its tasks', true, 'tasks.api', ''),
  stack('the service by its long name', true, '@NAME@_api', 'deploy: { endpoint_mode: dnsrr }'),
  stack('a service without a virtual address', true, 'api', 'deploy: { endpoint_mode: dnsrr }'),
  stack('no service of that name', false, 'app', ''),
  stack('the container name', false, 'own', 'container_name: own'),
  stack('no network in common', false, 'api', '', { apiNetwork: 'other' }),
];
