import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkConfig, readConfig } from '../../../server/src/proxy/check.js';
import type { Neighbourhood, Peer } from '../../../server/src/proxy/neighbourhood.js';
import type { Context } from '../../../server/src/proxy/rule.js';
import { applyEdits } from '../../../server/src/text/edit.js';

const api: Peer = {
  service: 'api',
  ports: [{ port: 8000, certain: true }],
  publishedPorts: [{ published: 8080, target: 8000 }],
  replicas: 1,
  dnsrr: true,
};
const scaled: Peer = { ...api, service: 'workers', replicas: 3 };
const virtual: Peer = { ...api, service: 'virtual', replicas: 3, dnsrr: false };
const unsure: Peer = { ...api, service: 'cache', ports: [{ port: 6379, certain: false }], publishedPorts: [] };
const silent: Peer = { ...api, service: 'quiet', ports: [], publishedPorts: [] };

const neighbourhood: Neighbourhood = {
  service: 'proxy',
  names: [
    { name: 'api', kind: 'service', peer: api },
    { name: 'backend.local', kind: 'alias', peer: api },
    { name: 'workers', kind: 'service', peer: scaled },
    { name: 'virtual', kind: 'service', peer: virtual },
    { name: 'cache', kind: 'service', peer: unsure },
    { name: 'quiet', kind: 'service', peer: silent },
    { name: 'outside', kind: 'extraHost' },
  ],
  hidden: [{ name: 'db', service: 'db', why: 'it is on the network `back` only' }],
  open: false,
  hostNetwork: false,
};

/** `severity rule @marked text` for what is found. */
function found(
  kind: 'nginx' | 'haproxy',
  text: string,
  changed: Partial<Neighbourhood> = {},
  context: Partial<Context> = {},
) {
  const config = readConfig(kind, text);
  const all = checkConfig(config, {
    siblings: [],
    complete: true,
    neighbourhood: { ...neighbourhood, ...changed },
    ...context,
  });
  return all.filter(({ rule }) => /^(proxy|haproxy-template)-/.test(rule) && rule !== 'proxy-unused-upstream');
}

function pass(target: string, ...rest: readonly [Partial<Neighbourhood>?, Partial<Context>?]): readonly string[] {
  const text = `server { listen 80; location / { proxy_pass http://${target}; } }`;
  return found('nginx', text, ...rest).map(
    (one) => `${one.severity} ${one.rule} @${text.slice(one.at.start, one.at.end)}`,
  );
}

suite('reachability', () => {
  for (const target of [
    'api:8000',
    'API:8000',
    'api.:8000',
    'backend.local:8000',
    'outside:1',
    'quiet:1',
    'www.example.com',
    '10.0.0.1:1',
  ]) {
    test(`${target} is right`, () => assert.deepEqual(pass(target), []));
  }

  test('an unknown host, with what was meant', () => {
    assert.deepEqual(pass('apo:8000'), ['warning proxy-unknown-host @apo']);
    const text = 'server { location / { proxy_pass http://apo:8000; } }';
    const [finding] = found('nginx', text);
    assert.equal(
      finding?.message,
      '`apo` is no service, alias, container name or host name that `proxy` can reach: nginx does not start. Did you mean `api`?',
    );
    assert.equal(applyEdits(text, finding.fixes?.[0]?.edits ?? []), text.replace('apo', 'api'));
  });

  test('an unknown host where others may exist is a hint', () => {
    assert.deepEqual(pass('nothing:1', { open: true }), ['hint proxy-unknown-host @nothing']);
    assert.deepEqual(pass('nothing', {}, { complete: false }), ['hint proxy-unknown-host @nothing']);
  });

  test('a host on another network', () => {
    assert.deepEqual(pass('db:5432'), ['warning proxy-unreachable-host @db']);
  });

  test('the published port by mistake', () => {
    const text = 'upstream a { server api:8080; }';
    const [finding] = found('nginx', text);
    assert.equal(finding?.message, '8080 is the port that `api` publishes on the host; between containers it is 8000.');
    assert.equal(applyEdits(text, finding.fixes?.[0]?.edits ?? []), text.replace('8080', '8000'));
  });

  test('another port: certain is a warning, unsure a hint', () => {
    assert.deepEqual(pass('api:9'), ['warning proxy-wrong-port @9']);
    assert.deepEqual(pass('cache:9'), ['hint proxy-wrong-port @9']);
  });

  test('a port nobody wrote', () => {
    const text = 'upstream a { server api; }';
    const [finding] = found('nginx', text);
    assert.match(finding?.message ?? '', /not 80, which is used where none is written/);
    assert.equal(applyEdits(text, finding?.fixes?.[0]?.edits ?? []), 'upstream a { server api:8000; }');
  });

  test('localhost', () => {
    assert.deepEqual(pass('localhost:8000'), ['warning proxy-localhost @localhost']);
    assert.deepEqual(pass('127.0.0.1:8000', { hostNetwork: true }), []);
    assert.deepEqual(pass('127.0.0.1:80'), [], 'the proxy itself listens there');
  });

  test('the host of the containers', () => {
    assert.match(found('nginx', 'upstream a { server host.docker.internal:1; }')[0]?.message ?? '', /extra_hosts/);
  });

  test('replicas behind a proxy that looks once', () => {
    assert.deepEqual(pass('workers:8000'), ['info proxy-resolves-once @workers']);
    assert.deepEqual(pass('virtual:8000'), []);
    assert.deepEqual(
      found('nginx', 'server { location / { set $w workers; proxy_pass http://$w:8000; } }').map((one) => one.rule),
      [],
    );
  });

  test('the name of an upstream in another file is no host', () => {
    const siblings = [readConfig('nginx', 'upstream elsewhere { server api:8000; }')];
    assert.deepEqual(pass('elsewhere', {}, { siblings }), []);
  });

  test('HAProxy uses one replica of a plain server', () => {
    const rules = found('haproxy', 'backend a\n  server w workers:8000\n').map((one) => `${one.severity} ${one.rule}`);
    assert.deepEqual(rules, ['warning proxy-resolves-once']);
  });

  test('slots of a template', () => {
    const rules = (slots: number, host: string) =>
      found('haproxy', `backend a\n  server-template w ${slots} ${host}:8000\n`).map((one) => one.message);
    assert.deepEqual(rules(3, 'workers'), []);
    assert.deepEqual(rules(2, 'workers'), [
      '`workers` has 3 replicas and the template 2 slots: 1 of them get no requests.',
    ]);
    assert.match(rules(3, 'virtual')[0] ?? '', /tasks\.virtual/);
  });

  test('one port that differs in an upstream is a hint, where nothing else is known of the server', () => {
    const quiet = ['one', 'two', 'three'].map((name): Neighbourhood['names'][number] => ({
      name,
      kind: 'service',
      peer: { ...silent, service: name, runs: name === 'three' ? 'b' : 'a' },
    }));
    const odd = (...servers: readonly string[]) => {
      const text = `upstream u { ${servers.map((server) => `server ${server};`).join(' ')} }`;
      const all = found('nginx', text, { names: [...neighbourhood.names, ...quiet] });
      return all.flatMap(({ rule, severity, at }) =>
        rule === 'proxy-odd-port' ? [`${severity} ${text.slice(at.start, at.end)}`] : [],
      );
    };
    assert.deepEqual(odd('one:3000', 'two:3000', 'three:300'), ['hint 300']);
    assert.deepEqual(odd('one:300', 'two:3000', 'three:3000'), ['hint 300']);
    assert.deepEqual(odd('one:3000', 'two:1'), ['hint 1']);
    assert.deepEqual(odd('one:3001', 'three:3002'), []);
    assert.deepEqual(odd('one:3001', 'two:3002', 'three:3003'), []);
    assert.deepEqual(odd('one:3001', 'one:3002', 'one:3001'), []);
    assert.deepEqual(odd('one:3000', 'two:3000', 'api:8000'), []);
    assert.deepEqual(odd('one:3000', 'two:3000', 'elsewhere:1'), []);
  });
});
