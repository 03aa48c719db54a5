import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readConfig } from '../../../server/src/proxy/check.js';
import { wordHover } from '../../../server/src/proxy/features/wordHover.js';
import { takeCursor } from '../../support/fixture.js';

suite('hover over words of a proxy', () => {
  for (const [kind, marked, at, expected] of [
    ['nginx', 'server {\n  proxy_buff$0ering off;\n}\n', 'proxy_buffering', /buffers first.*Stands in `http`/s],
    ['nginx', 'events { worker_conn$0ections 9; }\nhttp {}\n', 'worker_connections', /most connections of a worker/],
    ['nginx', 'upstream a { server b:80 max_fa$0ils=3; }\n', 'max_fails=3', /left out/],
    ['nginx', 'server { proxy_set_header X "a$sch$0eme"; }\n', '$scheme', /`https`/],
    ['nginx', 'server { access_lo$0g off; }\n', 'access_log', /docker logs/],
    ['nginx', 'map $uri $a { server$0 1; }\n', undefined, undefined],
    ['nginx', 'server { server_name ro$0ot; }\n', undefined, undefined],
    ['haproxy', 'backend b\n  bal$0ance leastconn\n', 'balance', /next server/],
    ['haproxy', 'backend b\n  balance least$0conn\n', 'leastconn', /fewest connections/],
    ['haproxy', 'backend b\n  balance hdr(X$0-A)\n', 'hdr(X-A)', /header/],
    ['haproxy', 'backend b\n  server s a:80 check inter 2s fa$0ll 3\n', 'fall', /take it down/],
    ['haproxy', 'backend b\n  server check$0 a:80 check\n', undefined, undefined],
    ['haproxy', 'backend b\n  server s a:80 cookie ch$0eck\n', undefined, undefined],
    ['haproxy', 'resol$0vers r\n  nameserver d 127.0.0.11:53\n', 'resolvers', /127\.0\.0\.11/],
    ['haproxy', 'resolvers r\n  timeout ret$0ry 1s\n', 'retry', /asked again/],
  ] as const) {
    test(marked.replaceAll('\n', ' '), () => {
      const { text, offset } = takeCursor(marked);
      const found = wordHover(readConfig(kind, text), offset);
      assert.equal(found && text.slice(found.at.start, found.at.end), at);
      if (expected) assert.match(found?.text ?? '', expected);
    });
  }
});
