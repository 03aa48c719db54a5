import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readConfig } from '../../../server/src/proxy/check.js';
import type { ProxyCompletion } from '../../../server/src/proxy/features/complete.js';
import { nginxWords } from '../../../server/src/proxy/features/nginxWords.js';
import { takeCursor } from '../../support/fixture.js';

function offered(marked: string): readonly ProxyCompletion[] {
  const { text, offset } = takeCursor(marked);
  const config = readConfig('nginx', text);
  assert.ok(config.kind === 'nginx');
  return nginxWords(config, [], offset);
}

const server = (inside: string): string => `server {\n    listen 80;\n    ${inside}\n}\n`;

suite('words of nginx', () => {
  for (const [title, marked, wanted, absent] of [
    [
      'at the top of a file of conf.d',
      'up$0\nserver { listen 80; }\n',
      ['upstream', 'map', 'log_format'],
      ['worker_processes', 'return'],
    ],
    ['at the top of a whole file', 'events {}\nhttp {}\n$0', ['worker_processes', 'stream'], ['listen', 'location']],
    [
      'in a server',
      server('$0'),
      ['listen', 'server_name', 'location', 'client_max_body_size'],
      ['upstream', 'worker_processes'],
    ],
    ['in a location', server('location / {\n    $0\n    }'), ['proxy_pass', 'try_files'], ['listen', 'server_name']],
    [
      'in an upstream',
      'upstream a {\n    server b:80;\n    $0\n}\n',
      ['server', 'least_conn', 'keepalive'],
      ['listen'],
    ],
    ['in a block that is not closed', 'server {\n    listen 80;\n    loc$0\n', ['location'], ['upstream']],
    ['before another line', server('pro$0\n    return 204;'), ['location'], []],
    ['behind a comment', server('# why; so\n    $0'), ['location'], []],
    ['what is there once', server('tcp_nodelay on;\n    $0'), ['root'], ['tcp_nodelay']],
    ['of a flag', server('tcp_nodelay $0;'), ['on', 'off'], ['location']],
    ['what begins a line of a map', 'map $uri $a {\n    $0\n}\n', ['default', 'hostnames'], ['listen']],
    ['parameters of a server', 'upstream a {\n  server b:80 $0;\n}\n', ['weight=', 'backup'], ['off']],
    ['those that are not there yet', 'upstream a {\n  server b:80 weight=2 $0;\n}\n', ['max_fails='], ['weight=']],
    [
      'parameters on a line of their own',
      'upstream a {\n  server b:80\n    weight=2\n    $0;\n}\n',
      ['backup'],
      ['weight=', 'off'],
    ],
    ['behind a text in quotes', server('add_header X "a b" $0;'), ['always'], []],
    ['of what listens', server('listen 8080 $0;'), ['default_server', 'reuseport'], ['spdy']],
    ['how a location is compared', server('location $0'), ['/', '=', '^~', '~', '~*', '@'], []],
    ['how it is compared, half-typed', server('location ~$0 x {}'), ['~*'], []],
    ['what a server wants to know', server('proxy_set_header $0'), ['Host $host', 'Connection "upgrade"'], []],
    ['after which failures', server('proxy_next_upstream error $0;'), ['timeout', 'off'], ['error']],
    ['levels', server('error_log /dev/stderr $0;'), ['warn'], ['debug_http']],
    ['schemes', server('location / { proxy_pass $0; }'), ['http://', 'https://'], []],
    ["Docker's name server", server('resolver $0;'), ['127.0.0.11 valid=10s'], []],
    [
      'variables',
      server('location / { proxy_set_header Host $ho$0; }'),
      ['host', 'http_host', 'remote_addr'],
      ['location'],
    ],
    [
      'variables of the file',
      'map $uri $target { default a; }\nserver { set $mine 1; return 200 ${$0 }',
      ['target', 'mine', 'uri'],
      [],
    ],
  ] as const) {
    test(title, () => {
      const labels = offered(marked).map(({ label }) => label);
      assert.deepEqual(
        wanted.filter((it) => !labels.includes(it)),
        [],
        labels.slice(0, 20).join(),
      );
      assert.deepEqual(
        absent.filter((it) => labels.includes(it)),
        [],
      );
    });
  }

  for (const [title, marked] of [
    ['a comment', server('# $0')],
    ['the entries of types', 'types {\n    $0\n}\n'],
    ['a text in quotes', server('error_log x "$0";')],
    ['an argument that may be anything', server('listen $0;')],
  ] as const) {
    test(`none in ${title}`, () => assert.deepEqual(offered(marked), []));
  }

  for (const [title, marked, label, after] of [
    [
      'a block',
      'server {\n  listen 80;\n  $0\n}\n',
      'location',
      'server {\n  listen 80;\n  location $1 {\n    $0\n  }\n}\n',
    ],
    ['a flag', 'server {\n  tcp$0\n}\n', 'tcp_nodelay', 'server {\n  tcp_nodelay ${1|on,off|};\n}\n'],
    [
      'one without arguments',
      'upstream a {\n\tserver b:80;\n\tle$0\n}\n',
      'least_conn',
      'upstream a {\n\tserver b:80;\n\tleast_conn;\n}\n',
    ],
    ['one with arguments', 'server {\n  ro$0 # why\n}\n', 'root', 'server {\n  root $0; # why\n}\n'],
    ['one whose arguments are there', 'server {\n  ro$0 /srv;\n}\n', 'root', 'server {\n  root /srv;\n}\n'],
  ] as const) {
    test(`writes ${title}`, () => {
      const item = offered(marked).find((it) => it.label === label);
      const { text } = takeCursor(marked);
      assert.ok(item);
      assert.equal(text.slice(0, item.replace.start) + item.insert + text.slice(item.replace.end), after);
    });
  }
});
