import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readConfig } from '../../../server/src/proxy/check.js';
import { addressesOf, portOf } from '../../../server/src/proxy/upstream.js';

/** `host:port way @text-of-the-host` for every address. */
function addresses(
  kind: 'nginx' | 'haproxy',
  text: string,
  environment?: ReadonlyMap<string, string>,
): readonly string[] {
  const { model } = readConfig(kind, text, environment && { environment });
  return Array.from(
    addressesOf(model),
    ({ address, resolved }) =>
      `${address.host}:${portOf(address) ?? ''} ${resolved} @${text.slice(address.hostAt.start, address.hostAt.end)}`,
  );
}

suite('nginx model', () => {
  test('servers, passes and their default ports', () => {
    const text =
      'upstream a { server api:8000; server web; server [::1]:81; server unix:/run/a; }\n' +
      'server { location / { proxy_pass http://a; } location /b { proxy_pass https://b/x; } location /c { fastcgi_pass php:9000; } location /d { grpc_pass g:1; } }';
    assert.deepEqual(addresses('nginx', text), [
      'api:8000 once @api',
      'web:80 once @web',
      '[::1]:81 once @[::1]',
      'unix:/run/a: once @unix:/run/a',
      'b:443 once @b',
      'php:9000 once @php',
      'g:1 once @g',
    ]);
    const { passes } = readConfig('nginx', text).model;
    assert.deepEqual(passes[0]?.target, {
      kind: 'group',
      name: 'a',
      at: { start: text.indexOf('//a') + 2, end: text.indexOf('//a') + 3 },
    });
  });

  test('a variable has the value of the nearest set', () => {
    const text =
      'server { set $b far; location / { set $b "api"; proxy_pass http://$b:8000; } location /x { proxy_pass http://$B; } }';
    assert.deepEqual(addresses('nginx', text), ['api:8000 runtime @api', 'far:80 runtime @far']);
  });

  test('a variable has every value of its map', () => {
    const text =
      'map $x $b { default one:1; ~^a two:2; b $other; }\nserver { location / { proxy_pass http://$b$request_uri; } }';
    assert.deepEqual(addresses('nginx', text), ['one:1 runtime @one', 'two:2 runtime @two']);
  });

  test('a template has the values of the environment', () => {
    const text = 'upstream a { server ${HOST}:${PORT}; server $OTHER; }';
    const [first, second] = addresses('nginx', text, new Map([['HOST', 'api'], ['PORT', '8000']])); // prettier-ignore
    assert.equal(first, 'api:8000 once @${HOST}');
    assert.equal(second, '$OTHER:80 once @$OTHER');
  });

  test('a target that only the request knows is unknown', () => {
    const { passes } = readConfig('nginx', 'server { location / { proxy_pass http://$http_x; } }').model;
    assert.deepEqual(passes[0]?.target, { kind: 'unknown' });
  });

  test('resolve, listen, include and resolver', () => {
    const text =
      'resolver 127.0.0.11 valid=5s; include x/*.conf; upstream a { server b resolve; } server { listen [::]:81; listen 82 ssl; }';
    const { model } = readConfig('nginx', text);
    assert.equal(model.groups[0]?.servers[0]?.resolved, 'runtime');
    assert.deepEqual(model.resolvers[0]?.addresses, ['127.0.0.11']);
    assert.deepEqual(
      model.listens.map((listen) => listen.port),
      [81, 82],
    );
    assert.equal(model.includes[0]?.pattern, 'x/*.conf');
  });

  for (const [text, place] of [
    ['events {}', 'm'],
    ['user www-data; include a;', 'm'],
    ['upstream a { server b; } server { listen 80; }', 'h'],
    ['server { listen 1; proxy_pass a:1; }', 'H'],
    ['listen 80; location / { }', 's'],
    ['proxy_pass http://a; proxy_redirect off;', 'l'],
  ] as const) {
    test(`place of ${text}`, () => {
      const config = readConfig('nginx', text);
      assert.equal(config.kind === 'nginx' && config.place, place);
    });
  }
});

suite('haproxy model', () => {
  test('servers, templates and defaults', () => {
    const text =
      'defaults\n  mode http\n  default-server resolvers docker\nbackend a\n  server x api:8000 check\n  server-template y 2-5 ipv4@web:80\nfrontend f\n  bind :80,:81\n  use_backend a if TRUE\n  use_backend %[path]\n';
    assert.deepEqual(addresses('haproxy', text), ['api:8000 runtime @api', 'web:80 runtime @web']);
    const { model } = readConfig('haproxy', text);
    assert.deepEqual(
      model.groups[0]?.servers.map((server) => [server.name, server.slots, server.template]),
      [
        ['x', 1, false],
        ['y', 4, true],
      ],
    );
    assert.deepEqual(
      model.passes.map((pass) => pass.target.kind),
      ['group', 'unknown'],
    );
    assert.deepEqual(
      model.listens.map((listen) => listen.port),
      [80, 81],
    );
  });

  test('variables of the environment', () => {
    const text = 'backend a\n  server x "${API_HOST}:${API_PORT}"\n  server y "${NOPE}:1"\n';
    const found = addresses('haproxy', text, new Map([['API_HOST', 'api'], ['API_PORT', '8000']])); // prettier-ignore
    assert.equal(found[0], 'api:8000 once @${API_HOST}');
    assert.equal(readConfig('haproxy', text).model.groups[0]?.servers[1]?.address.sort, 'variable');
  });
});
