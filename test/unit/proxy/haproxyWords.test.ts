import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readConfig } from '../../../server/src/proxy/check.js';
import type { ProxyCompletion } from '../../../server/src/proxy/features/complete.js';
import { haproxyWords } from '../../../server/src/proxy/features/haproxyWords.js';
import { takeCursor } from '../../support/fixture.js';

function offered(marked: string): readonly ProxyCompletion[] {
  const { text, offset } = takeCursor(marked);
  const config = readConfig('haproxy', text);
  assert.ok(config.kind === 'haproxy');
  return haproxyWords(config, [], offset);
}

const backend = (line: string): string => `backend b\n  ${line}\n`;

suite('words of HAProxy', () => {
  for (const [title, marked, first, absent] of [
    ['an empty file', '$0', ['global', 'defaults', 'frontend'], ['server']],
    ['at the margin behind a section', 'global\n$0', ['global', 'defaults', 'frontend'], []],
    ['in global', 'global\n  $0', ['log', 'maxconn', 'stats'], ['server', 'frontend', 'nbproc']],
    ['in a frontend', 'frontend f\n  $0', ['bind', 'default_backend'], ['server', 'server-template', 'reqadd']],
    ['in a backend', backend('$0'), ['server', 'server-template', 'balance'], ['bind', 'use_backend', 'appsession']],
    ['in defaults', 'defaults\n  $0', ['mode', 'timeout'], ['server', 'bind']],
    ['in resolvers', 'resolvers r\n  $0', ['nameserver', 'parse-resolv-conf', 'hold'], ['server']],
    ['how a server is chosen', backend('balance $0'), ['roundrobin', 'leastconn'], ['server']],
    ['how it is chosen, half-typed', backend('balance le$0'), ['roundrobin', 'leastconn'], []],
    ['modes', 'defaults\n  mode $0', ['http', 'tcp'], []],
    ['timeouts', 'defaults\n  timeout $0', ['connect', 'client', 'server'], ['resolve']],
    ['timeouts of resolvers', 'resolvers r\n  timeout $0', ['resolve', 'retry'], ['connect']],
    ['Docker as a name server', 'resolvers r\n  nameserver $0', ['docker 127.0.0.11:53'], []],
    ['outcomes', 'resolvers r\n  hold $0', ['valid', 'obsolete'], []],
    ['options', 'defaults\n  option $0', ['forwardfor', 'httpchk'], ['forceclose']],
    ['parameters of a server', backend('server s api:80 $0'), ['check', 'inter'], ['server']],
    ['parameters that are not there yet', backend('server s api:80 check $0'), ['inter'], ['check']],
    ['parameters of a template', backend('server-template s 5 api:80 ch$0'), ['check'], []],
    ['parameters of every server', backend('default-server $0'), ['check'], []],
    ['the value of a parameter', backend('server s api:80 init-addr $0'), ['none', 'last,none'], ['check']],
    ['behind the value of a parameter', backend('server s api:80 inter 2s $0'), ['check'], ['inter']],
    [
      'sections of name servers',
      'resolvers docker\n  nameserver d 127.0.0.11:53\nbackend b\n  server s api:80 resolvers $0\n',
      ['docker'],
      ['check'],
    ],
    ['actions', 'frontend f\n  http-request $0', ['set-header', 'add-header'], ['if']],
    ['actions of connections', 'frontend f\n  tcp-request connection $0', ['accept'], ['set-header']],
    ['conditions', 'frontend f\n  acl api path_beg /api\n  use_backend b if $0', ['api', 'or'], []],
    ['conditions that must not hold', 'frontend f\n  acl api path_beg /api\n  use_backend b if !a$0', ['api'], []],
    ['what a condition looks at', 'frontend f\n  acl api $0', ['path', 'path_beg'], []],
    ['behind a rule', 'frontend f\n  use_backend b $0', ['if', 'unless'], []],
  ] as const) {
    test(title, () => {
      const labels = offered(marked).map(({ label }) => label);
      assert.deepEqual(labels.slice(0, first.length), first);
      assert.deepEqual(
        absent.filter((it) => labels.includes(it)),
        [],
      );
      assert.equal(new Set(labels).size, labels.length);
    });
  }

  for (const [title, marked] of [
    ['a comment', backend('# $0')],
    ['a text in quotes', backend('http-request set-header X "a $0')],
    ["a server's name", backend('server $0')],
    ["a server's address", backend('server s $0')],
    ['the number of a template', backend('server-template s $0')],
  ] as const) {
    test(`none in ${title}`, () => assert.deepEqual(offered(marked), []));
  }

  test('take the place of what is typed', () => {
    const marked = 'frontend f\n  use_backend b if !ap$0\n  acl api path /';
    const { text } = takeCursor(marked);
    const item = offered(marked).find(({ label }) => label === 'api');
    assert.ok(item);
    assert.match(text.slice(0, item.replace.start) + item.insert + text.slice(item.replace.end), /if !api\n/);
  });

  test('that take something in parentheses are written with them', () => {
    const [set] = offered('frontend f\n  http-request set-v$0').filter(({ label }) => label === 'set-var');
    assert.equal(set?.insert, 'set-var($0)');
    const [header] = offered(backend('balance $0')).filter(({ label }) => label === 'hdr');
    assert.equal(header?.insert, 'hdr($0)');
  });

  test('that are usual say what they do', () => {
    for (const marked of [
      '$0',
      backend('$0'),
      backend('balance $0'),
      backend('server s a:80 $0'),
      'defaults\n  timeout $0',
    ]) {
      const [best] = offered(marked);
      assert.ok(best?.documentation, `${marked}: ${best?.label ?? ''}`);
    }
  });
});
