import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { takenPort } from '../../../../client/src/engine/takenPort.js';

const driver = 'driver failed programming external connectivity on endpoint shop-web-1 (a069927e)';
const wanted = { port: 8099, container: 'shop-web-1' };

suite('a port that something else has', () => {
  for (const [said, expected] of [
    [`${driver}: Bind for 0.0.0.0:8099 failed: port is already allocated`, wanted],
    [`${driver}: Bind for :::8099 failed: port is already allocated`, wanted],
    [`${driver}: Error starting userland proxy: listen tcp4 0.0.0.0:8099: bind: address already in use`, wanted],
    [`${driver}: Error starting userland proxy: listen udp6 [::]:8099: bind: address already in use`, wanted],
    [`${driver}: failed to bind host port for 0.0.0.0:8099:172.20.1.2:80/tcp: address already in use`, wanted],
    [
      `${driver}: failed to bind host port 8099 for 0.0.0.0:8098-8099:172.20.2.3:80/tcp: address already in use`,
      wanted,
    ],
    [`${driver}: failed to bind host port 0.0.0.0:8099/tcp: address already in use`, wanted],
    [`${driver}: failed to bind host port for [2001:12::1]:8099:[::2]:80/tcp: address already in use`, wanted],
    [
      'Ports are not available: exposing port TCP 0.0.0.0:8099 -> 127.0.0.1:0: listen tcp 0.0.0.0:8099: bind: Only one usage of each socket address is normally permitted.',
      { port: 8099, container: undefined },
    ],
    ['rootlessport listen tcp 0.0.0.0:8099: bind: address already in use', { port: 8099, container: undefined }],
    [`${driver}: failed to bind host port for 0.0.0.0:80:172.20.1.2:80/tcp: permission denied`, undefined],
    ['failed to create network shop_default: address already in use', undefined],
    ['no such service: web', undefined],
  ] as const) {
    test(said.replace(driver, '…'), () => assert.deepEqual(takenPort(said), expected));
  }
});
