// A real sshd on a test machine, from Debian's packages without installing them, and the `ssh` of somebody who may log in.
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { debianRelease, unpackDebian } from './apt.mjs';
import { run, until } from './proc.mjs';

/** A user to be separated as, and a root who may log in though nobody knows a password. */
const prepare = `
mkdir -p /run/sshd
grep -q ^sshd: /etc/passwd || echo 'sshd:x:65533:65534::/run/sshd:/bin/false' >> /etc/passwd
sed -i 's/^root:!/root:*/' /etc/shadow
`;

/**
 * Ends with the machine. `docker` on it is the CLI that talks to its Engine.
 * @param {import('./dockerd.mjs').Engine} engine
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ host: string, bin: string }>} `host` as DOCKER_HOST; `bin` goes in front of PATH: its `ssh` has the key
 */
export async function startSshd(engine, { log = () => {} } = {}) {
  const { machine, env } = engine;
  const packages = ['openssh-server', 'openssh-client', 'libwrap0'];
  const unpacked = await unpackDebian('openssh', [debianRelease(), 'bookworm'], packages, { log });
  const folder = join(machine.folder, 'ssh');
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const program = (name) => join(unpacked, name);
  for (const name of ['host', 'person']) {
    await run(program('usr/bin/ssh-keygen'), ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  }
  const config = join(folder, 'sshd_config');
  writeFileSync(
    config,
    [
      `ListenAddress ${machine.address}`,
      'Port 22',
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${join(folder, 'person.pub')}`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin prohibit-password',
      `SetEnv PATH=${env.PATH} DOCKER_HOST=${env.DOCKER_HOST}`,
      '',
    ].join('\n'),
  );
  // The machine has a /run and an /etc of its own.
  await machine.run('sh', ['-c', prepare]);
  const output = openSync(join(folder, 'sshd.log'), 'a');
  const child = machine.spawn(program('usr/sbin/sshd'), ['-D', '-e', '-f', config], {
    stdio: ['ignore', output, output],
    env: { ...process.env, LD_LIBRARY_PATH: libraries(unpacked) },
  });
  closeSync(output);
  child.unref();
  await until('sshd did not listen', () => listens(machine.address, 22));
  const options = [
    '-F',
    'none',
    '-i',
    join(folder, 'person'),
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    'UserKnownHostsFile=/dev/null',
    '-o',
    'LogLevel=ERROR',
  ];
  writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nexec '${program('usr/bin/ssh')}' ${options.join(' ')} "$@"\n`, {
    mode: 0o755,
  });
  return { host: `ssh://root@${machine.address}`, bin };
}

function libraries(unpacked) {
  return ['usr/lib', 'lib']
    .map((folder) => join(unpacked, folder, `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`))
    .join(':');
}

function listens(host, port) {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
