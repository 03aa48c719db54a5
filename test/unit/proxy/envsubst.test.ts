import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { envsubstCalls, envsubstFormat, substitution } from '../../../server/src/proxy/envsubst.js';

suite('envsubst', () => {
  test('a plain call with its files', () => {
    const command = `/bin/sh -c "envsubst < /tmp/nginx.conf > /etc/nginx/conf.d/default.conf && nginx -g 'daemon off;'"`;
    const [call] = envsubstCalls(command);
    assert.equal(call?.source, '/tmp/nginx.conf');
    assert.equal(call.target, '/etc/nginx/conf.d/default.conf');
    assert.equal(call.only, undefined);
    assert.equal(command.slice(call.at.start, call.at.end), 'envsubst');
  });

  for (const command of [
    "envsubst '$UP $PORT' < a > b",
    "envsubst '${UP} ${PORT}' < a > b",
    'sh -c "envsubst \'$UP,$PORT\' < a > b; nginx"',
    'envsubst "\\$UP \\$PORT" < a > b',
    "cat a | envsubst '$UP $PORT' > b",
    "/usr/bin/envsubst '$UP:$PORT' <a >b",
  ]) {
    test(`named variables: ${command}`, () => {
      const [call] = envsubstCalls(command);
      assert.deepEqual([...(call?.only ?? [])], ['UP', 'PORT']);
      assert.equal(call?.source, 'a');
      assert.equal(call.target, 'b');
    });
  }

  test('several calls, and words that only look like one', () => {
    assert.equal(envsubstCalls('envsubst <a >b && envsubst <c >d').length, 2);
    assert.equal(envsubstCalls('cat my-envsubst.sh /docker/20-envsubst-on-templates.sh').length, 0);
  });

  test('what becomes empty', () => {
    const template =
      'proxy_set_header Host $host; # $uri\nset $mine x; proxy_pass http://${UP}:${PORT}$mine$1; return 200 ${scheme};';
    const [plain] = envsubstCalls('envsubst < a > b');
    const [named] = envsubstCalls("envsubst '$UP $host' < a > b");
    assert.ok(plain && named);
    assert.deepEqual(substitution(template, plain, new Set(['UP', 'PORT'])), {
      blanked: ['host', 'mine', 'scheme'],
      meant: ['UP', 'PORT'],
    });
    assert.deepEqual(substitution(template, named, new Set()).blanked, ['host']);
    assert.deepEqual(substitution(template, plain, new Set(['host'])).blanked, ['mine', 'scheme']);
  });

  test('the argument for a Compose file', () => {
    assert.equal(envsubstFormat(['UP', 'PORT']), "'$${UP} $${PORT}'");
  });
});
