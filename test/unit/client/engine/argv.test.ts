import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as argv from '../../../../client/src/engine/argv.js';
import type { ComposeProject } from '../../../../client/src/engine/argv.js';
import { commandLine } from '../../../../client/src/engine/cli.js';

const shop: ComposeProject = { files: ['/w/compose.yaml'], name: 'shop', folder: '/w', envFiles: [], profiles: [] };
const head = 'compose --ansi=never --file=/w/compose.yaml --project-directory=/w --project-name=shop';

const table: readonly (readonly [name: string, args: readonly string[], expected: string])[] = [
  ['up', argv.upArgs(shop), `${head} up --detach`],
  ['up of services', argv.upArgs(shop, { services: ['api', 'web'] }), `${head} up --detach -- api web`],
  ['recreate', argv.upArgs(shop, { recreate: 'always' }), `${head} up --detach --force-recreate`],
  ['build and pull', argv.upArgs(shop, { build: true, pull: true }), `${head} up --detach --build --pull=always`],
  ['scale', argv.scaleArgs(shop, 'api', 5), `${head} up --detach --no-deps --no-recreate --scale=api=5 -- api`],
  [
    'scale to nothing',
    argv.scaleArgs(shop, 'api', 0),
    `${head} up --detach --no-deps --no-recreate --scale=api=0 -- api`,
  ],
  ['down', argv.downArgs(shop), `${head} down`],
  ['down with volumes', argv.downArgs(shop, { volumes: true }), `${head} down --volumes`],
  ['stop all', argv.serviceArgs(shop, 'stop'), `${head} stop`],
  ['stop none chosen', argv.serviceArgs(shop, 'stop', []), `${head} stop`],
  ['restart alone', argv.restartAloneArgs(shop, ['nginx']), `${head} restart --no-deps -- nginx`],
  ['remove', argv.removeArgs(shop, ['api']), `${head} rm --force --stop -- api`],
  ['a service as JSON', argv.serviceConfigArgs(shop, 'api'), `${head} config --format=json -- api`],
  ['hashes', argv.hashArgs(shop), `${head} config '--hash=*'`],
  [
    'a project known by its name only',
    argv.downArgs({ files: [], name: 'shop', folder: undefined, envFiles: [], profiles: [] }),
    'compose --ansi=never --project-name=shop down',
  ],
  [
    'several files, environment files, profiles',
    argv.composeArgs({ ...shop, files: ['/a.yaml', '/b.yaml'], envFiles: ['/e'], profiles: ['gpu', 'dev'] }),
    'compose --ansi=never --file=/a.yaml --file=/b.yaml --project-directory=/w --project-name=shop --env-file=/e --profile=gpu --profile=dev',
  ],
];

suite('arguments', () => {
  for (const [name, args, expected] of table) test(name, () => assert.equal(commandLine(args), expected));

  test('no name becomes a flag or a command', () => {
    for (const name of ['--rm', '-v', '$(x)', '; x', 'a b']) {
      const hostile = { ...shop, name, files: [name], profiles: [name] };
      for (const args of [
        argv.scaleArgs(hostile, name, 2),
        argv.serviceArgs(hostile, 'stop', [name]),
        argv.removeArgs(hostile, [name]),
        argv.restartAloneArgs(hostile, [name]),
        argv.upArgs(hostile, { services: [name] }),
      ]) {
        const flags = args.slice(0, args.indexOf('--'));
        assert.ok(!flags.includes(name), `${name} stands alone before -- in ${args.join(' ')}`);
        assert.deepEqual(args.slice(args.indexOf('--') + 1), [name]);
      }
    }
  });

  test('what is shown can be pasted into a shell', () => {
    assert.equal(commandLine(['docker', "it's", '$(x)', 'a b', '']), `docker 'it'\\''s' '$(x)' 'a b' ''`);
  });
});
