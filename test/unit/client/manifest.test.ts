import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { commands as composeCommands } from '../../../client/src/commands/index.js';
import { swarmCommands } from '../../../client/src/commands/swarm/index.js';
import { settingKeys } from '../../../client/src/config.js';
import { nothingSeen } from '../../../client/src/engine/snapshot.js';
import { joinProjects } from '../../../client/src/model/projects.js';
import { present } from '../../../client/src/tree/present.js';
import { fakeProject, fakeService } from '../../support/fakeCtx.js';

// What package.json says and what the code does, compared.

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus?: readonly { readonly id: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly icon?: string; readonly when?: string }[]>
    >;
    readonly viewsContainers: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents?: readonly string[];
      }[];
    }[];
    readonly colors: readonly { readonly id: string }[];
    readonly languages: readonly { readonly id: string; readonly filenamePatterns?: readonly string[] }[];
  };
}

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Property {
  readonly type?: unknown;
  readonly order?: number;
  readonly additionalProperties?: { readonly type?: unknown };
  readonly default?: unknown;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { contributes } = manifest;
const source = readdirSync('client/src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join('client/src', file), 'utf8'))
  .join('\n');
const commands = [...composeCommands, ...swarmCommands];
const contributed = contributes.commands.map(({ command }) => command);
const menuItems = Object.values(contributes.menus).flat();

suite('package.json and the code', () => {
  test('have the same commands', () => {
    const registered = [...source.matchAll(/registerCommand\(\s*'([^']+)'/g)].map(([, id]) => id ?? '');
    assert.deepEqual([...contributed].sort(), [...commands.map(({ id }) => id), ...registered].sort());
    assert.equal(new Set(contributed).size, contributed.length);
  });

  test('have the same colours', () => {
    const used = [...source.matchAll(/color: '(longshore\.\w+)'/g)].map(([, id]) => id);
    assert.deepEqual([...new Set(used)].sort(), contributes.colors.map(({ id }) => id).sort());
  });

  test('every command is found by category and title', () => {
    for (const { command, title, category } of contributes.commands) assert.ok(title && category, command);
  });

  test('every menu item is a command or a submenu that there is', () => {
    const submenus = contributes.submenus?.map(({ id }) => id) ?? [];
    for (const { command, submenu } of menuItems) {
      assert.ok(command ? contributed.includes(command) : submenus.includes(submenu ?? ''), command ?? submenu);
    }
    for (const id of submenus) assert.ok(contributes.menus[id]?.length, id);
  });

  test('what acts is hidden where the workspace is not trusted', () => {
    for (const { id } of commands.filter(({ acts }) => acts)) {
      const items = Object.entries(contributes.menus).flatMap(([menu, list]) =>
        // A submenu hides what is in it.
        menu.startsWith('longshore.') ? [] : list.filter(({ command }) => command === id),
      );
      assert.ok(
        contributes.menus['commandPalette']?.some(({ command }) => command === id),
        `${id} has no entry in commandPalette`,
      );
      for (const { when } of items) assert.match(when ?? '', /\bisWorkspaceTrusted\b/, id);
    }
    const submenus = menuItems.filter(({ submenu }) => submenu);
    for (const { when } of submenus) assert.match(when ?? '', /\bisWorkspaceTrusted\b/);
  });

  test('offer Build where something is built, and to deploy a stack and to bring a Compose project up', () => {
    const shop = fakeProject('shop', [fakeService('api', { build: true }), fakeService('web')]);
    const ha = fakeProject('ha', [fakeService('worker')], { target: 'stack' });
    const workspace = [shop, ha];
    const of = { workspace, snapshot: nothingSeen, scaled: new Map(), hashes: new Map(), others: true };
    const items = joinProjects(of).flatMap((project) => [
      present({ kind: 'project', project }),
      ...project.services.map((service) => present({ kind: 'service', project, service })),
    ]);
    const offered = (command: string): readonly (readonly string[])[] => {
      const entries = contributes.menus['view/item/context'] ?? [];
      const own = entries.filter((it) => it.command === command && it.when?.includes('longshore.services'));
      const patterns = own.map(({ when = '' }) => new RegExp(/viewItem =~ \/(.+?)\//.exec(when)?.[1] ?? ''));
      return patterns.map((pattern) =>
        items.filter(({ contextValue }) => pattern.test(contextValue)).map(({ label }) => label),
      );
    };
    assert.deepEqual(offered('longshore.composeBuild'), [['shop', 'api']]);
    assert.deepEqual(offered('longshore.composeUp'), [['shop'], ['shop', 'api', 'web']]);
    assert.deepEqual(offered('longshore.stackDeploy'), [['ha'], ['ha']]);
    assert.deepEqual(offered('longshore.stackDiff'), [['ha']]);
  });

  test('have the same context keys', () => {
    const clauses = [...menuItems, ...Object.values(contributes.views).flat(), ...contributes.viewsWelcome];
    const read = new Set(
      clauses.flatMap(({ when = '' }) =>
        [...when.replace(/view == [\w.]+/g, '').matchAll(/longshore\.\w+/g)].map(String),
      ),
    );
    const written = new Set([...source.matchAll(/'setContext',\s*'([^']+)'/g)].map(([, key]) => key ?? ''));
    assert.deepEqual([...read].sort(), [...written].sort());
  });

  test('have the same settings, each with a default, a scope and a description', () => {
    const properties = Object.assign({}, ...contributes.configuration.map((part) => part.properties)) as Record<
      string,
      Property
    >;
    for (const key of settingKeys)
      assert.ok(properties[`longshore.${key}`], `longshore.${key} is read and not contributed`);
    for (const [key, property] of Object.entries(properties)) {
      assert.notEqual(property.default, undefined, key);
      assert.ok(property.scope, key);
      assert.ok(property.order, `${key} stands where the alphabet puts it`);
      assert.match(property.description ?? property.markdownDescription ?? '', /\.$/, key);
      // VS Code makes a table of an object whose values it knows the type of, and else sends people into JSON.
      if (property.type === 'object') assert.equal(property.additionalProperties?.type, 'string', key);
    }
  });

  test('settings that reach a program are restricted', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const key of settingKeys.filter((one) => /^(docker|compose)\./.test(one))) {
      assert.ok(restricted.includes(`longshore.${key}`), key);
    }
  });

  test('icons and commands of texts are there', () => {
    const icons = [...Object.values(contributes.viewsContainers), ...Object.values(contributes.views)].flat();
    for (const { icon } of icons) if (icon) assert.ok(existsSync(icon), icon);
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    for (const { media } of steps) assert.ok(existsSync(media.markdown), media.markdown);
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => `${id}.focus`));
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...steps.map((step) => step.description),
    ];
    const linked = texts.flatMap((text) =>
      [...text.matchAll(/\(command:(longshore\.[\w.]+)\)/g)].map(([, id]) => id ?? ''),
    );
    const events = steps.flatMap(({ completionEvents = [] }) => completionEvents);
    const awaited = events.flatMap((event) => (event.startsWith('onCommand:') ? event.slice('onCommand:'.length) : []));
    for (const id of [...linked, ...awaited]) assert.ok(contributed.includes(id) || views.includes(id), id);
  });

  test('no pattern takes over other YAML', () => {
    const patterns = contributes.languages.find(({ id }) => id === 'dockercompose')?.filenamePatterns ?? [];
    const ours = (name: string): boolean => patterns.some((pattern) => asRegExp(pattern).test(name));
    for (const name of [
      'compose.yaml',
      'docker-compose.prod.yml',
      'compose_nginx.yaml',
      'nginx_compose.yaml',
      'web-stack.yml',
      'swarm.yaml',
    ]) {
      assert.ok(ours(name), name);
    }
    for (const name of [
      'deployment.yaml',
      '.gitlab-ci.yml',
      'values.yaml',
      'config.yml',
      'kustomization.yaml',
      'compose.json',
    ]) {
      assert.ok(!ours(name), name);
    }
  });
});

function asRegExp(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);
}
