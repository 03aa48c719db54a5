// Certificates for an Engine on TCP, made by openssl: an authority, a server with an address, and a client.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebian } from './apt.mjs';
import { run } from './proc.mjs';

/**
 * @param {string} folder is made
 * @param {string} address of the server
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ server: { ca: string, cert: string, key: string }, client: string }>} files of the server, and the folder
 *   with `ca.pem`, `cert.pem` and `key.pem` of the client, as DOCKER_CERT_PATH names it
 */
export async function makeCertificates(folder, address, { log = () => {} } = {}) {
  await ensureDebian(['openssl'], { log, unless: ['openssl'] });
  const client = join(folder, 'client');
  mkdirSync(client, { recursive: true });
  const openssl = (...args) => run('openssl', args, { cwd: folder });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...curve,
    '-days',
    '2',
    '-subj',
    '/CN=authority',
    '-keyout',
    'ca.key',
    '-out',
    'client/ca.pem',
  );
  const sign = async (name, extensions, key, cert) => {
    await openssl('req', ...curve, '-subj', `/CN=${name}`, '-keyout', key, '-out', `${name}.csr`);
    writeFileSync(join(folder, `${name}.ext`), extensions);
    const authority = ['-CA', 'client/ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    await openssl(
      'x509',
      '-req',
      ...authority,
      '-days',
      '2',
      '-in',
      `${name}.csr`,
      '-extfile',
      `${name}.ext`,
      '-out',
      cert,
    );
  };
  await sign(
    'engine',
    `subjectAltName=IP:${address}\nextendedKeyUsage=serverAuth\n`,
    'server-key.pem',
    'server-cert.pem',
  );
  await sign('person', 'extendedKeyUsage=clientAuth\n', 'client/key.pem', 'client/cert.pem');
  const [ca, cert, key] = ['client/ca.pem', 'server-cert.pem', 'server-key.pem'].map((name) => join(folder, name));
  return { server: { ca, cert, key }, client };
}
