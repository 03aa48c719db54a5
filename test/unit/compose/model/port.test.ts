import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandPort, isIpAddress, parsePort, parsePortRange } from '../../../../server/src/compose/model/port.js';
import type { Target } from '../../../../server/src/compose/target.js';

/** What `config` would print: ip, published port and container port of each single port. */
function expanded(text: string, target: Target): string {
  const { value, problem } = parsePort(text, target);
  if (problem) return `! ${text.slice(problem.start, problem.end)}`;
  return expandPort(value, target)
    .map(({ ip, published, target: inner, protocol }) => {
      const outer =
        published && (published.first === published.last ? published.first : Object.values(published).join('-'));
      return [...(ip ? [ip] : []), ...(outer === undefined ? [] : [outer]), `${inner}/${protocol}`].join(' ');
    })
    .join(', ');
}

const both: readonly (readonly [text: string, expected: string])[] = [
  ['80', '80/tcp'],
  ['80/udp', '80/udp'],
  ['8080:80', '8080 80/tcp'],
  ['8080:80/UDP', '8080 80/udp'],
  ['8080:80/sctp', '8080 80/sctp'],
  ['80:80/', '80 80/tcp'],
  ['080:80', '80 80/tcp'],
  [':80', '80/tcp'],
  ['::80', '80/tcp'],
  ['0:80', '80/tcp'],
  ['127.0.0.1:8080:80', '127.0.0.1 8080 80/tcp'],
  ['127.0.0.1::80', '127.0.0.1 80/tcp'],
  ['[::1]:8080:80', '::1 8080 80/tcp'],
  ['[::1]::80', '::1 80/tcp'],
  ['::1:8080:80', '::1 8080 80/tcp'],
  ['3000-3002', '3000/tcp, 3001/tcp, 3002/tcp'],
  ['9090-9091:8080-8081', '9090 8080/tcp, 9091 8081/tcp'],
  ['9090-9090:80', '9090 80/tcp'],
  ['65535', '65535/tcp'],
  ['', '! '],
  ['abc', '! abc'],
  ['abc:80', '! abc'],
  ['80:abc', '! abc'],
  ['8080:', '! 8080:'],
  ['/tcp', '! /tcp'],
  ['80:80:80', '! 80'],
  ['localhost:80:80', '! localhost'],
  ['1.2.3:80:80', '! 1.2.3'],
  ['fe80::1%eth0:80:80', '! fe80::1%eth0'],
  ['[::1]:80', '! [:'],
  ['8080::80', '! 8080'],
  ['65536', '! 65536'],
  ['70000:80', '! 70000'],
  ['80:70000', '! 70000'],
  ['-1', '! -1'],
  ['80-', '! 80-'],
  ['90-80', '! 90-80'],
  ['1-2-3', '! 1-2-3'],
  ['+80', '! +80'],
  ['0x50', '! 0x50'],
  ['80 : 80', '!  80'],
  [' 80:80', '!  80'],
  ['80:80 ', '! 80 '],
  ['8080:80/foo', '! foo'],
  ['8080:80/tcp,udp', '! tcp,udp'],
  ['9090-9091:8080-8083', '! 9090-9091:8080-8083'],
  ['9090:8080-8083', '! 9090:8080-8083'],
];

for (const target of ['compose', 'stack'] as const) {
  for (const [text, expected] of both) {
    void test(`${target}: ${JSON.stringify(text)}`, () => {
      assert.equal(expanded(text, target), expected);
    });
  }
}

void test('docker compose takes one free port of a range, docker stack publishes all', () => {
  assert.equal(expanded('9090-9092:80', 'compose'), '9090-9092 80/tcp');
  assert.equal(expanded('9090-9092:80', 'stack'), '9090 80/tcp, 9091 80/tcp, 9092 80/tcp');
});

void test('both tools read over a second protocol', () => {
  assert.equal(expanded('80/tcp/udp', 'compose'), '80/tcp');
  assert.equal(expanded('80/tcp/udp', 'stack'), '80/tcp');
});

void test('only docker compose refuses the container port 0', () => {
  assert.equal(expanded('80:0', 'compose'), '! 0');
  assert.equal(expanded('80:0', 'stack'), '80 0/tcp');
});

void test('reads ranges of the long form', () => {
  assert.deepEqual(parsePortRange('8000-8010').value, { first: 8000, last: 8010, start: 0, end: 9 });
  assert.ok(parsePortRange('8000-8010/udp').problem);
});

void test('knows the IP addresses Go knows', () => {
  const good = ['1.2.3.4', '0.0.0.0', '::', '::1', '1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::ffff:1.2.3.4'];
  const bad = [
    '',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4.',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    'fe80::1%eth0',
    '::1.2',
  ];
  assert.deepEqual(
    good.filter((it) => !isIpAddress(it)),
    [],
  );
  assert.deepEqual(bad.filter(isIpAddress), []);
});
