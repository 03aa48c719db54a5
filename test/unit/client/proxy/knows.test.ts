import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readServers, readSessions, socketPath } from '../../../../client/src/proxy/haproxySocket.js';
import { hostLines, hostsWithout } from '../../../../client/src/proxy/hosts.js';
import { addressesIn, compare, serving } from '../../../../client/src/proxy/verify.js';
import { fakeEngine, fakeReplica } from '../../../support/fakeEngine.js';

const on = (network: string, address: string): { network: string; address: string } => ({ network, address });

suite('a hosts file without the replicas that leave', () => {
  const attached = (address: string, names: readonly string[], leaves = false, network = 'net') => ({
    network,
    addresses: [address],
    names,
    leaves,
  });

  test('has the others under every name they share', () => {
    assert.deepEqual(
      hostLines([
        attached('10.0.0.2', ['shop-api-1', 'api', 'model']),
        attached('10.0.0.3', ['shop-api-2', 'api', 'model']),
        attached('10.0.0.4', ['shop-api-3', 'api', 'model'], true),
        attached('10.0.0.9', ['shop-redis-1', 'redis']),
      ]),
      ['10.0.0.2 api api.net', '10.0.0.2 model model.net', '10.0.0.3 api api.net', '10.0.0.3 model model.net'],
    );
  });

  test('has another service that goes by the same alias', () => {
    assert.deepEqual(hostLines([attached('10.0.0.4', ['api', 'app'], true), attached('10.0.0.5', ['green', 'app'])]), [
      '10.0.0.5 app app.net',
    ]);
  });

  test('keeps networks apart, and is empty where nobody stays', () => {
    assert.deepEqual(hostLines([attached('10.0.0.4', ['api'], true), attached('10.1.0.5', ['api'], false, 'far')]), []);
  });

  test('comes from the networks that the proxy is in', async () => {
    const api = [1, 2].map((number) =>
      fakeReplica(`shop-api-${number}`, {
        addresses: [on('front', `10.0.0.${number}`), on('back', `10.1.0.${number}`)],
      }),
    );
    const stopped = fakeReplica('shop-api-3', { state: 'exited', addresses: [on('front', '10.0.0.3')] });
    const proxy = fakeReplica('shop-web-1', { addresses: [on('front', '10.0.0.8')] });
    const engine = fakeEngine([...api, stopped, proxy]);
    engine.inspect = async (id) => ({
      startedAt: 0,
      restarts: 0,
      tty: false,
      user: '',
      mounts: [],
      raw: {},
      networks: (engine.replicas_.get(id)?.addresses ?? []).map(({ network, address }) => ({
        network,
        addresses: [address],
        names: ['api'],
      })),
    });
    assert.deepEqual(await hostsWithout(engine, proxy, api.slice(1)), ['10.0.0.1 api api.front']);
  });
});

suite("HAProxy's socket", () => {
  test('is where an administrator may talk', () => {
    assert.equal(socketPath('global\n  stats socket /run/h.sock mode 600 level admin\n'), '/run/h.sock');
    assert.equal(socketPath('stats socket unix@/run/h.sock level admin expose-fd listeners'), '/run/h.sock');
    for (const none of [
      'stats socket /run/h.sock',
      'stats socket ipv4@127.0.0.1:9 level admin',
      '# stats socket /x level admin',
      // What socat would take for an option, or for a program to run.
      'stats socket /run/h.sock,fork level admin',
      'stats socket /x!!EXEC:reboot level admin',
    ])
      assert.equal(socketPath(none), undefined, none);
  });

  test('says which slots have a replica and take requests', () => {
    const columns = '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_fqdn';
    const rows = [
      '3 web 1 web1 172.20.1.2 2 0 web',
      '3 web 2 web2 172.20.1.3 2 8 web',
      '3 web 3 web3 - 0 32 web',
      '3 web 4 web4 172.20.1.4 0 0 -',
      '3 web 5 web5 172.20.1.5 2 1 -',
    ];
    assert.deepEqual(readServers(['1', columns, ...rows, ''].join('\n')), [
      { name: 'web/web1', address: '172.20.1.2', host: 'web', up: true },
      { name: 'web/web2', address: '172.20.1.3', host: 'web', up: true },
      { name: 'web/web3', address: undefined, host: 'web', up: false },
      { name: 'web/web4', address: '172.20.1.4', host: undefined, up: false },
      { name: 'web/web5', address: '172.20.1.5', host: undefined, up: false },
    ]);
    assert.deepEqual(readServers('Permission denied\n'), []);
  });

  test('counts requests under way and waiting', () => {
    const text = '# pxname,svname,qcur,qmax,scur,smax,\nweb,web1,1,2,3,9,\nweb,web2,0,0,0,4,\n';
    assert.deepEqual(
      [...readSessions(text)],
      [
        ['web/web1', 4],
        ['web/web2', 0],
      ],
    );
  });
});

suite('what a proxy knows', () => {
  test('of HAProxy, the slots of this service and of no other', () => {
    const slot = (address: string | undefined, host?: string, up = true) => ({ name: 'b/s', address, host, up });
    const living = [fakeReplica('shop-api-1', { addresses: [on('front', '10.0.0.1')] })];
    const servers = [
      slot('10.0.0.1', 'model'),
      slot('10.0.0.2', 'model'),
      slot('10.0.0.3', 'model', false),
      slot('10.0.0.4', 'redis'),
      slot('10.0.0.5'),
      slot('10.0.0.6', 'api'),
      slot(undefined, 'api'),
    ];
    assert.deepEqual(serving(servers, living, 'api'), ['10.0.0.1', '10.0.0.2', '10.0.0.6']);
  });

  test('from getent and from nslookup', () => {
    assert.deepEqual(addressesIn('172.20.0.3     STREAM api\n172.20.0.3     DGRAM\n172.20.0.4     STREAM\n'), [
      '172.20.0.3',
      '172.20.0.4',
    ]);
    const nslookup =
      'Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\nNon-authoritative answer:\nName:\tapi\nAddress: 172.20.0.3\nName:\tapi\nAddress: 172.20.0.4\n';
    assert.deepEqual(addressesIn(nslookup), ['172.20.0.3', '172.20.0.4']);
    assert.deepEqual(addressesIn("Server: 127.0.0.11\nAddress 1: 127.0.0.11\n\nnslookup: can't resolve 'api'\n"), []);
  });

  test('is compared with the replicas in the networks it shares', () => {
    const proxy = fakeReplica('shop-web-1', { addresses: [on('front', '10.0.0.9')] });
    const living = [1, 2].map((number) =>
      fakeReplica(`shop-api-${number}`, {
        addresses: [on('front', `10.0.0.${number}`), on('back', `10.1.0.${number}`)],
      }),
    );
    assert.deepEqual(compare(living, proxy, ['10.0.0.2', '10.0.0.1']), { kind: 'exact' });
    assert.deepEqual(compare(living, proxy, ['10.0.0.1']), { kind: 'differs', unknown: ['shop-api-2'], extra: [] });
    assert.deepEqual(compare(living, proxy, ['10.0.0.1', '10.0.0.2', '10.0.0.7']), {
      kind: 'differs',
      unknown: [],
      extra: ['10.0.0.7'],
    });
  });
});
