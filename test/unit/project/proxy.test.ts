import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { rules } from '../../../server/src/compose/rules/index.js';
import { projectsIn } from '../../../server/src/project/discover.js';
import { assignedFiles } from '../../../server/src/project/proxy/assigned.js';
import { readDockerfile } from '../../../server/src/project/proxy/dockerfile.js';
import { knownPorts } from '../../../server/src/project/proxy/knownPorts.js';
import { neighbourhoodOf } from '../../../server/src/project/proxy/neighbourhood.js';
import { proxyRenameEdits } from '../../../server/src/project/proxy/rename.js';
import { reportProxies } from '../../../server/src/project/proxy/report.js';
import { Workspace, type Checked } from '../../../server/src/project/workspace.js';
import { applyEdits } from '../../../server/src/text/edit.js';
import { memoryHost } from '../../support/memoryHost.js';

const folder = 'file:///shop';

function check(files: Readonly<Record<string, string>>): readonly Checked[] {
  const host = memoryHost(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text])));
  const workspace = new Workspace(host, rules, (message) => assert.fail(message));
  return projectsIn(host, workspace, folder).map((it) =>
    workspace.check(it, { severity: {} }, assignedFiles(host, folder)),
  );
}

/** `service: file …` for each proxy, files with the place nginx reads them in. */
function linked(files: Readonly<Record<string, string>>): readonly string[] {
  return check(files).flatMap(({ proxies }) =>
    proxies.map(({ service, files: own, complete }) => {
      const names = own.map(({ uri, config }) => {
        const place = config.kind === 'nginx' ? `(${config.place}${config.template ? ' template' : ''})` : '';
        return `${uri.slice(folder.length + 1)}${place}`;
      });
      return `${service.name}: ${names.join(' ')}${complete ? '' : ' …'}`;
    }),
  );
}

const web = (keys: string, image = 'nginx:1.27'): string =>
  `services:\n  web:\n    image: ${image}\n${keys.replace(/^(?=.)/gm, '    ')}\n`;
const server = 'server { listen 80; }\n';

suite('files of a proxy', () => {
  const cases: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, expected: string]>> = {
    'a mounted file': [
      { 'compose.yaml': web('volumes: ["./a.conf:/etc/nginx/conf.d/default.conf:ro"]'), 'a.conf': server },
      'web: a.conf(h)',
    ],
    'a mounted folder, and in it what nginx includes': [
      { 'compose.yaml': web('volumes: ["./c:/etc/nginx/conf.d"]'), 'c/a.conf': server, 'c/b.txt': '' },
      'web: c/a.conf(h)',
    ],
    'the long form, and a file in a folder that is mounted too': [
      {
        'compose.yaml': web(
          'volumes:\n  - { type: bind, source: ./n, target: /etc/nginx }\n  - ./x.conf:/etc/nginx/conf.d/a.conf',
        ),
        'n/nginx.conf': 'events {}\nhttp { include conf.d/*.conf; include /etc/nginx/mime.types; }\n',
        'n/conf.d/a.conf': server,
        'x.conf': server,
      },
      'web: n/nginx.conf(m) x.conf(h)',
    ],
    'an include of a file that is not ours': [
      {
        'compose.yaml': web('volumes: ["./n.conf:/etc/nginx/nginx.conf"]'),
        'n.conf': 'events {}\nhttp { include /opt/other.conf; }\n',
      },
      'web: n.conf(m) …',
    ],
    'an include in a server': [
      {
        'compose.yaml': web('volumes: ["./a.conf:/etc/nginx/conf.d/a.conf", "./l.inc:/etc/nginx/l.inc"]'),
        'a.conf': 'server { listen 80; include l.inc; }\n',
        'l.inc': 'location / { return 204; }\n',
      },
      'web: a.conf(h) l.inc(s)',
    ],
    'a config': [
      {
        'compose.yaml': `${web('configs: [{ source: site, target: /etc/nginx/conf.d/a.conf }]')}configs: { site: { file: ./a.conf } }\n`,
        'a.conf': server,
      },
      'web: a.conf(h)',
    ],
    'COPY of a Dockerfile': [
      {
        'compose.yaml': 'services:\n  web:\n    build: ./web\n',
        'web/Dockerfile':
          'ARG V=1.27\nFROM nginx:${V}\nCOPY nginx.conf /etc/nginx/\nCOPY conf/*.conf /etc/nginx/conf.d/\n',
        'web/nginx.conf': 'events {}\nhttp { include conf.d/*.conf; }\n',
        'web/conf/a.conf': server,
      },
      'web: web/nginx.conf(m) web/conf/a.conf(h)',
    ],
    templates: [
      { 'compose.yaml': web('volumes: ["./t:/etc/nginx/templates"]'), 't/a.conf.template': server },
      'web: t/a.conf.template(h template)',
    ],
    'envsubst in a command': [
      {
        'compose.yaml': web(
          'volumes: ["./a.conf:/tmp/a.conf"]\ncommand: sh -c "envsubst < /tmp/a.conf > /etc/nginx/conf.d/a.conf && exec nginx"',
        ),
        'a.conf': server,
      },
      'web: a.conf(h template)',
    ],
    'a main file that the command names': [
      {
        'compose.yaml': web('volumes: ["./a.conf:/srv/a.conf"]\ncommand: [nginx, -c, /srv/a.conf]'),
        'a.conf': 'events {}\n',
      },
      'web: a.conf(m)',
    ],
    'a HAProxy and its folder': [
      {
        'compose.yaml': web('volumes: ["./lb:/usr/local/etc/haproxy:ro"]', 'haproxy:3.0'),
        'lb/haproxy.cfg': 'global\n',
        'lb/errors/503.http': '',
      },
      'web: lb/haproxy.cfg',
    ],
    'a comment': [
      { 'compose.yaml': web(''), 'deploy/a.conf': `# longshore: proxy-of=web\n${server}` },
      'web: deploy/a.conf(h)',
    ],
    'no proxy at all': [{ 'compose.yaml': web('', 'nginx/nginx-prometheus-exporter:1') }, ''],
  };
  for (const [title, [files, expected]] of Object.entries(cases)) {
    test(title, () => assert.equal(linked(files).join('\n'), expected));
  }
});

suite('the network around a proxy', () => {
  function around(compose: string, hosts: readonly string[] = [], file = 'compose.yaml') {
    const [checked] = check({ [file]: compose });
    const proxy = checked?.project.services.get('web');
    assert.ok(checked && proxy);
    return neighbourhoodOf(checked.world, proxy, hosts);
  }

  test('has the names of shared networks, and tells why others are hidden', () => {
    const found = around(`services:
  web: { image: "nginx:1.27", networks: [front], links: ["api:backend"], extra_hosts: ["fixed:10.0.0.1"] }
  api:
    image: example/api:1
    hostname: machine
    networks: { front: { aliases: [service] }, back: { aliases: [hidden] } }
  db: { image: "postgres:16", networks: [back], container_name: store }
networks: { front: , back: }
`);
    assert.deepEqual(
      found.names.map(({ name, kind }) => `${kind} ${name}`),
      [
        'service web',
        'containerName shop-web-1',
        'service api',
        'alias service',
        'hostname machine',
        'containerName shop-api-1',
        'extraHost fixed',
        'link backend',
      ],
    );
    assert.deepEqual(
      found.hidden.map(({ name, why }) => `${name}: ${why}`),
      [
        'db: it is on the network `back` only, and `web` on the network `front`',
        'store: it is on the network `back` only, and `web` on the network `front`',
      ],
    );
    assert.equal(found.open, false);
  });

  test('is open to names of external networks', () => {
    const found = around(
      'services:\n  web: { image: nginx, networks: [out] }\nnetworks: { out: { external: true } }\n',
    );
    assert.equal(found.open, true);
  });

  test('has long names and tasks in a stack, and no container names', () => {
    const found = around(
      'services:\n  web: { image: "nginx:1.27" }\n  api: { image: "a:1", container_name: own, deploy: { replicas: 2 } }\n',
      ['prod_api'],
      'shop-stack.yaml',
    );
    assert.deepEqual(
      found.names.filter(({ peer }) => peer?.service === 'api').map(({ name, peer }) => `${name} ${peer?.dnsrr}`),
      ['api false', 'tasks.api true', 'prod_api false'],
    );
    assert.deepEqual(
      found.hidden.map(({ name }) => name),
      ['own'],
    );
  });

  test('knows ports for sure and by custom', () => {
    const found = around(`services:
  web: { image: "nginx:1.27" }
  a: { image: "x:1", ports: ["8080:8000", "53:53/udp"], expose: [9000, "7000-7001"] }
  b: { image: "redis:7" }
  c: { image: "x:1", command: uvicorn app --host 0.0.0.0 --port 8000 }
  d: { image: "x:1", healthcheck: { test: curl -f http://localhost:3000/ } }
  e: { image: "x:1" }
`);
    const ports = (service: string): string =>
      found.names
        .find(({ name }) => name === service)
        ?.peer?.ports.map(({ port, certain }) => `${port}${certain ? '' : '?'}`)
        .join(' ') ?? '';
    assert.deepEqual(['a', 'b', 'c', 'd', 'e'].map(ports), ['8000 9000 7000 7001', '6379?', '8000', '3000?', '']);
    assert.deepEqual(found.names.find(({ name }) => name === 'a')?.peer?.publishedPorts, [
      { published: 8080, target: 8000 },
    ]);
    assert.deepEqual(knownPorts('library/php', '8-fpm'), [9000]);
  });
});

test('a Dockerfile is read up to its stage', () => {
  const text = `FROM node:22 AS build
COPY . /app
FROM nginx:1.27 AS web
WORKDIR /etc/nginx
COPY --from=build /app /usr/share/nginx/html
COPY --chown=nginx \\
  nginx.conf ./
EXPOSE 8080 53/udp
FROM web
EXPOSE 9000
`;
  assert.deepEqual(readDockerfile(text), {
    base: 'nginx:1.27',
    copies: [{ sources: ['nginx.conf'], target: '/etc/nginx/' }],
    ports: [8080, 9000],
  });
  assert.equal(readDockerfile(text, 'build').base, 'node:22');
});

test('a file that two proxies share says for which of them a finding is', () => {
  const service = (name: string): string =>
    `services:\n  web:\n    image: nginx:1.27\n    volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"]\n  ${name}:\n    image: a:1\n`;
  const checked = check({
    'compose.yaml': service('api'),
    'compose.other.yaml': service('app'),
    'a.conf': 'server { listen 80; location / { proxy_pass http://api:8000; } }\n',
  });
  const report = reportProxies(checked, { severity: {} }, (message) => assert.fail(message)).get(`${folder}/a.conf`);
  const [found] = report?.diagnostics ?? [];
  assert.match(found?.message ?? '', /`api` is no service.*This is so for `web` of `compose\.other\.yaml`\.$/);
});

test('a rename reaches proxies, environment values and environment files, and nothing that only looks alike', () => {
  const env = 'API_URL=http://api:8000/v1\nNAME=api\nBROKER=amqp://user:pass@api\nOTHER=http://api-docs/\n';
  const conf = 'server { listen 80; location /api { proxy_pass http://api:8000/api; } }\n';
  const compose = web(
    'env_file: web.env\nenvironment: { API_HOST: api, MODE: api, LIST: "api:1,other-api:2" }\nvolumes: ["./a.conf:/etc/nginx/conf.d/a.conf"]',
  );
  const [checked] = check({ 'compose.yaml': `${compose}  api:\n    image: a:1\n`, 'web.env': env, 'a.conf': conf });
  assert.ok(checked);
  const { inFiles, inCompose } = proxyRenameEdits(checked, 'api', 'inference');
  assert.equal(applyEdits(conf, inFiles.get(`${folder}/a.conf`) ?? []), conf.replace('//api:', '//inference:'));
  assert.equal(
    applyEdits(env, inFiles.get(`${folder}/web.env`) ?? []),
    env.replace('http://api:', 'http://inference:').replace('@api', '@inference'),
  );
  const written = [...inCompose].map(({ at: { block, start } }) => /\w+: "?$/.exec(block.text.slice(0, start))?.[0]);
  assert.deepEqual(written, ['API_HOST: ', 'LIST: "']);
});
