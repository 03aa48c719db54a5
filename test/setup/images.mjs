// Images for test Engines that have no hub to pull from: built from what Debian has, loaded under the names the
// examples use. nginx and HAProxy are the real programs; the others only listen, answer and stay healthy.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { debianRelease, ensureDebian, unpackDebian } from './apt.mjs';
import { cached } from './cache.mjs';
import { run, which } from './proc.mjs';
import { ensureHaproxy, ensureNginx } from './proxies.mjs';

/** Raised when what every image has in common changes. */
const edition = 3;
const script = (...lines) => ['#!/bin/sh', ...lines, ''].join('\n');
const logsToOutput = {
  '/var/log/nginx/access.log': '/dev/stdout',
  '/var/log/nginx/error.log': '/dev/stderr',
};
const nginxMain = `user nginx;
worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid /run/nginx.pid;
events { worker_connections 4096; }
http {
  include /etc/nginx/mime.types;
  access_log /var/log/nginx/access.log;
  include /etc/nginx/conf.d/*.conf;
}
`;
/** As the official image does: templates become configuration, only variables that are set are replaced. */
const nginxEntry = script(
  'for template in /etc/nginx/templates/*.template; do',
  '  [ -f "$template" ] || continue',
  '  name=$(basename "$template" .template)',
  `  envsubst "$(env | sed 's/=.*//; s/^/$/')" < "$template" > "/etc/nginx/conf.d/$name"`,
  'done',
  'exec "$@"',
);
/** Stand-ins for brokers and stores: each listens on its port, and its own probe asks whether it does. */
const listeners = [
  { server: 'redis-server', port: 6379, probes: ['redis-cli'], session: '/usr/local/bin/redis-session' },
  { server: 'rabbitmq-server', port: 5672, probes: ['rabbitmq-diagnostics', 'rabbitmqctl'], session: 'cat' },
  { server: 'postgres', port: 5432, probes: ['pg_isready'], session: 'cat' },
];
/** Debian's busybox lacks `nc -z`, which the busybox of the usual images has. */
const netcat = script(
  'case " $* " in',
  '  *" -z "*)',
  '    set -- $(printf \'%s\\n\' "$@" | grep -vxe -z)',
  '    exec timeout 5 busybox nc "$@" </dev/null >/dev/null ;;',
  'esac',
  'exec busybox nc "$@"',
);
/** Enough of Redis's words for a counter. */
const redisSession = script(
  "while IFS=' \r' read -r command key rest; do",
  '  case $command in',
  "    PING) printf '+PONG\\r\\n' ;;",
  '    INCR)',
  '      value=$(($(cat "/data/$key" 2>/dev/null || echo 0) + 1))',
  '      echo "$value" > "/data/$key"',
  '      printf \':%s\\r\\n\' "$value" ;;',
  "    QUIT) printf '+OK\\r\\n'; exit ;;",
  "    *) printf '-ERR unknown command\\r\\n' ;;",
  '  esac',
  'done',
);
const listenerFiles = Object.fromEntries(
  listeners.flatMap(({ server, port, probes, session }) => [
    [server, script('trap "exit 0" TERM INT', `nc -ll -p ${port} -e ${session} &`, 'while :; do wait; done')],
    ...probes.map((probe) => [probe, script(`nc -z -w 1 127.0.0.1 ${port} && echo PONG`)]),
  ]),
);

/** What each stand-in is made of. `programs` are copied from this machine with the libraries they need. */
const recipes = {
  busybox: { programs: [], files: {}, links: {}, config: { Cmd: ['sh'] } },
  nginx: {
    programs: ['nginx', 'envsubst'],
    folders: ['/var/lib/nginx', '/etc/nginx/conf.d', '/usr/share/nginx/html'],
    files: {
      '/etc/nginx/nginx.conf': nginxMain,
      '/etc/nginx/conf.d/default.conf': 'server { listen 80; location / { root /usr/share/nginx/html; } }\n',
      '/usr/share/nginx/html/index.html': '<!doctype html><title>nginx</title><p>nginx answers.</p>\n',
      '/docker-entrypoint.sh': nginxEntry,
    },
    links: logsToOutput,
    copies: ['/etc/nginx/mime.types'],
    config: {
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
    },
  },
  haproxy: {
    // The official image has Debian's Perl, which can talk to HAProxy's socket.
    programs: ['haproxy', 'perl'],
    folders: ['/usr/local/etc/haproxy', '/var/lib/haproxy'],
    files: {
      '/usr/local/bin/docker-entrypoint.sh': script('[ "$1" = haproxy ] && shift', 'exec haproxy -W -db "$@"'),
    },
    links: {},
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
      User: 'haproxy',
      StopSignal: 'SIGUSR1',
    },
  },
  /** Says its host name on every usual port and path, and finishes requests when told to stop. */
  answer: {
    programs: ['nginx'],
    folders: ['/var/lib/nginx'],
    files: {
      '/etc/nginx/nginx.conf': [
        'user nginx;',
        'worker_processes 1;',
        'pid /run/nginx.pid;',
        'error_log /var/log/nginx/error.log notice;',
        'events { worker_connections 4096; }',
        'http {',
        '  access_log /var/log/nginx/access.log;',
        '  server {',
        ...[80, 3000, 5000, 8000, 8080].map((port) => `    listen ${port};`),
        '    location / { default_type text/plain; return 200 "$hostname\\n"; }',
        '  }',
        '}',
        '',
      ].join('\n'),
    },
    links: logsToOutput,
    config: { Cmd: ['nginx', '-g', 'daemon off;'], ExposedPorts: { '8000/tcp': {} }, StopSignal: 'SIGQUIT' },
  },
  ...Object.fromEntries(
    listeners.map(({ server }) => [
      server,
      {
        programs: [],
        folders: ['/data'],
        files: Object.fromEntries(
          Object.entries({ ...listenerFiles, 'redis-session': redisSession }).map(([name, text]) => [
            `/usr/local/bin/${name}`,
            text,
          ]),
        ),
        links: {},
        config: { Cmd: [server] },
      },
    ]),
  ),
};

const kinds = [
  [/^(nginx|nginx-unprivileged)$/, 'nginx'],
  [/^haproxy/, 'haproxy'],
  [/^(busybox|alpine|debian|ubuntu)$/, 'busybox'],
  [/^(redis|valkey)/, 'redis-server'],
  [/^rabbitmq/, 'rabbitmq-server'],
  [/^postgres/, 'postgres'],
];

/**
 * Makes sure that the Engine has every image named; those it lacks are stand-ins. An unknown name becomes a small web
 * server that answers its host name on ports 80, 3000, 5000, 8000 and 8080.
 * @param {Pick<import('./dockerd.mjs').Engine, 'docker'>} engine
 * @param {readonly string[]} names such as `nginx:stable-alpine`
 * @param {{ log?: (line: string) => void }} [options]
 */
export async function ensureImages(engine, names, { log = () => {} } = {}) {
  for (const name of names) {
    const present = await engine.docker(['image', 'inspect', name], { check: false });
    if (present.code === 0) continue;
    const { file, id } = await imageFile(standInFor(name), log);
    await engine.docker(['load', '-q', '-i', file]);
    await engine.docker(['tag', id, name]);
  }
}

/**
 * The parts of a stand-in, for whoever gives it to an Engine in another way.
 * @param {string} kind such as `busybox`
 * @returns {Promise<{ config: string, layer: Buffer }>}
 */
export async function readStandIn(kind, { log = () => {} } = {}) {
  const { file, id } = await imageFile(kind, log);
  const folder = mkdtempSync(join(tmpdir(), 'longshore-image-'));
  try {
    await run('tar', ['-C', folder, '-xf', file]);
    const config = readFileSync(join(folder, `${id.replace('sha256:', '')}.json`), 'utf8');
    return { config, layer: readFileSync(join(folder, 'layer.tar')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function standInFor(name) {
  const repository = name
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .split('/')
    .at(-1);
  return kinds.find(([pattern]) => pattern.test(repository))?.[1] ?? 'answer';
}

/** An archive for `docker load`, without a name of its own, and the id of the image in it. */
async function imageFile(kind, log) {
  const recipe = recipes[kind];
  const folder = await cached(
    `image-${kind}-${sha256(JSON.stringify([edition, recipe])).slice(0, 12)}`,
    async (part) => {
      log(`building a stand-in image: ${kind}`);
      const root = join(part, 'root');
      await fill(root, recipe, log);
      const layer = join(part, 'layer.tar');
      await run('tar', ['-C', root, '--numeric-owner', '--owner=0', '--group=0', '-cf', layer, '.']);
      rmSync(root, { recursive: true });
      const image = JSON.stringify({
        architecture: process.arch === 'x64' ? 'amd64' : process.arch,
        os: 'linux',
        created: '2026-01-01T00:00:00Z',
        config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], ...recipe.config },
        rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(readFileSync(layer))}`] },
      });
      const id = sha256(image);
      writeFileSync(join(part, `${id}.json`), image);
      writeFileSync(
        join(part, 'manifest.json'),
        JSON.stringify([{ Config: `${id}.json`, RepoTags: null, Layers: ['layer.tar'] }]),
      );
      await run('tar', ['-C', part, '-cf', join(part, 'image.tar'), 'manifest.json', `${id}.json`, 'layer.tar']);
      rmSync(layer);
      writeFileSync(join(part, 'id'), `sha256:${id}`);
    },
  );
  return { file: join(folder, 'image.tar'), id: readFileSync(join(folder, 'id'), 'utf8') };
}

function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

async function fill(root, { programs, folders = [], files, links, copies = [] }, log) {
  if (programs.includes('nginx')) await ensureNginx({ log });
  if (programs.includes('haproxy')) await ensureHaproxy({ log });
  if (programs.includes('envsubst')) await ensureDebian(['gettext-base'], { log, unless: ['envsubst'] });
  for (const folder of ['/bin', '/etc', '/tmp', '/var/log/nginx', '/run', '/root', '/usr/bin', ...folders]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  chmodSync(join(root, 'tmp'), 0o1777);
  chmodSync(join(root, 'run'), 0o1777);
  symlinkSync('/run', join(root, 'var/run'));
  await addBusybox(root, log);
  for (const program of programs) await addProgram(root, which(program), program);
  for (const file of copies) put(root, file, (target) => cpSync(file, target));
  const users = ['root:x:0', 'nginx:x:101', 'haproxy:x:99', 'nobody:x:65534'];
  const text = {
    '/etc/passwd': users.map((user) => `${user}:${user.split(':')[2]}::/:/bin/sh\n`).join(''),
    '/etc/group': users.map((user) => `${user}:\n`).join(''),
    // As Debian has it.
    '/etc/nsswitch.conf': 'hosts: files dns\n',
    '/etc/host.conf': 'multi on\n',
    '/bin/nc': netcat,
    ...files,
  };
  for (const [file, content] of Object.entries(text)) {
    put(root, file, (target) => writeFileSync(target, content, { mode: content.startsWith('#!') ? 0o755 : 0o644 }));
  }
  for (const [file, to] of Object.entries(links)) put(root, file, (target) => symlinkSync(to, target));
}

async function addBusybox(root, log) {
  const packages = await unpackDebian('busybox', [debianRelease(), 'bookworm'], ['busybox-static'], { log });
  const busybox = ['bin/busybox', 'usr/bin/busybox'].map((place) => join(packages, place)).find(existsSync);
  cpSync(busybox, join(root, 'bin/busybox'));
  const { stdout } = await run(busybox, ['--list']);
  const applets = stdout.split('\n').filter((name) => name && name !== 'busybox');
  for (const applet of applets) symlinkSync('/bin/busybox', join(root, 'bin', applet));
  // Debian's busybox sh runs its own programs whatever PATH says, so no script could stand in for one.
  await addProgram(root, which('dash'), 'dash');
  rmSync(join(root, 'bin/sh'));
  symlinkSync('/usr/bin/dash', join(root, 'bin/sh'));
}

async function addProgram(root, file, name) {
  put(root, `/usr/bin/${name}`, (target) => cpSync(file, target, { dereference: true }));
  const { stdout } = await run('ldd', [file]);
  const libraries = stdout
    .split('\n')
    .map((line) => /(\/\S+) \(0x/.exec(line)?.[1])
    .filter(Boolean);
  // Loaded by name while the program runs, so `ldd` does not list them.
  const names = readdirSync(dirname(libraries.find((each) => each.includes('libc.so'))))
    .filter((each) => /^libnss_(dns|files)\.so\.2$/.test(each))
    .map((each) => join(dirname(libraries.find((library) => library.includes('libc.so'))), each));
  for (const library of [...libraries, ...names])
    put(root, library, (target) => cpSync(library, target, { dereference: true }));
}

function put(root, file, write) {
  const target = join(root, file);
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { force: true });
  write(target);
}
