import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findProxy } from '../../../../client/src/proxy/program.js';

const list = (...processes: readonly (readonly string[])[]): string =>
  processes.map((process) => `${process.join('\t')}\t\n`).join('');

suite('the proxy in a container', () => {
  test('nginx behind a shell, with workers that leave', () => {
    const found = findProxy(
      list(
        ['1', '0', 'sh', '-c', 'envsubst … && nginx'],
        ['8', '1', 'nginx: master process nginx -g daemon off;'],
        ['20', '8', 'nginx: worker process'],
        ['19', '8', 'nginx: worker process is shutting down'],
      ),
    );
    assert.deepEqual([found?.kind, found?.master, found?.workers], ['nginx', 8, [20, 19]]);
    assert.deepEqual(found?.check, ['nginx', '-t']);
    assert.equal(found?.reload, 'HUP');
  });

  test('nginx with a configuration of its own', () => {
    const found = findProxy(list(['1', '0', 'nginx: master process nginx -c /app/nginx.conf -p /app -g daemon off;']));
    assert.deepEqual(found?.check, ['nginx', '-t', '-c', '/app/nginx.conf', '-p', '/app']);
  });

  test('HAProxy with a master', () => {
    const argv = ['haproxy', '-W', '-db', '-f', '/etc/a.cfg', '-f', '/etc/b.cfg'];
    const found = findProxy(list(['8', '1', ...argv], ['1', '0', ...argv]));
    assert.deepEqual([found?.kind, found?.master, found?.workers], ['haproxy', 1, [8]]);
    assert.deepEqual(found?.check, ['haproxy', '-c', '-f', '/etc/a.cfg', '-f', '/etc/b.cfg']);
    assert.deepEqual([found?.reload, found?.worker, found?.files], ['USR2', 'haproxy\t', ['/etc/a.cfg', '/etc/b.cfg']]);
  });

  test('HAProxy whose configuration asks for a master, after a reload', () => {
    const worker = ['24', '1', 'haproxy', '-sf', '8', '-x', 'sockpair@3', '-f', '/x'];
    const found = findProxy(list(['1', '0', 'haproxy', '-f', '/x'], worker));
    assert.deepEqual([found?.reload, found?.workers, found?.files], ['USR2', [24], ['/x']]);
  });

  test('HAProxy without a master cannot reload, nor where a wrapper starts it anew', () => {
    const argv = ['/usr/sbin/haproxy', '-f', '/x'];
    assert.equal(findProxy(list(['1', '0', ...argv]))?.reload, undefined);
    assert.equal(findProxy(list(['1', '0', 'wrapper'], ['8', '1', ...argv], ['9', '1', ...argv]))?.reload, undefined);
  });

  test('none', () =>
    assert.equal(findProxy(list(['1', '0', 'sh', '-c', 'haproxy.sh'], ['2', '1', 'httpd'])), undefined));
});
