import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { readStandIn } from '../setup/images.mjs';

/** A registry that only gives: as much of the OCI distribution API as it takes to pull one image, under any name by the tag `1`. */
export interface Registry {
  /** Host and port, as images are named by: `10.213.1.1:41234`. */
  readonly address: string;
  /** From now on a layer stops half-way, until what is answered is called. */
  hold(): () => void;
  stop(): Promise<void>;
}

/** Listens on an address of this computer; `kind` of stand-in is what it gives. */
export async function startRegistry(host: string, kind: string): Promise<Registry> {
  const { config, layer } = await readStandIn(kind);
  const blobs = new Map([Buffer.from(config), gzipSync(layer)].map((blob) => [digestOf(blob), blob]));
  const [[configDigest, configBlob], [layerDigest, layerBlob]] = [...blobs] as [[string, Buffer], [string, Buffer]];
  const described = (type: string, digest: string, { length }: Buffer): object => ({
    mediaType: `application/vnd.oci.image.${type}`,
    digest,
    size: length,
  });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: described('config.v1+json', configDigest, configBlob),
      layers: [described('layer.v1.tar+gzip', layerDigest, layerBlob)],
    }),
  );
  const released = new EventEmitter().setMaxListeners(0);
  let held = false;

  async function answer({ url = '', method }: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kindOf, reference = ''] = /^\/v2\/.+\/(manifests|blobs)\/([^/]+)$/.exec(url) ?? [];
    const isManifest = kindOf === 'manifests' && ['1', digestOf(manifest)].includes(reference);
    const body = url === '/v2/' ? Buffer.from('{}') : isManifest ? manifest : blobs.get(reference);
    if (!body) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
      return;
    }
    const type = isManifest ? manifestType : 'application/octet-stream';
    response.writeHead(200, {
      'content-type': type,
      'content-length': body.length,
      'docker-content-digest': digestOf(body),
    });
    if (method === 'HEAD') return void response.end();
    const half = body === layerBlob && held ? body.length >> 1 : 0;
    response.write(body.subarray(0, half));
    if (half > 0) await once(released, 'release');
    response.end(body.subarray(half));
  }

  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, host), 'listening');
  return {
    address: `${host}:${(server.address() as AddressInfo).port}`,
    hold() {
      held = true;
      return () => {
        held = false;
        released.emit('release');
      };
    },
    async stop() {
      released.emit('release');
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

function digestOf(data: Buffer): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}
