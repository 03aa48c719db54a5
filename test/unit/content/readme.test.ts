import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';

interface Setting {
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

suite('README', () => {
  test('lists the settings of the manifest', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
    const readme = readFileSync('README.md', 'utf8');
    const made = readme.replace(
      /(<!-- settings: .* -->\n)[^]*?(?=<!-- \/settings -->)/,
      (_, head: string) => head + settingsTable(contributes.configuration.map(({ properties }) => properties)),
    );
    if (process.env['UPDATE'] === '1') writeFileSync('README.md', made);
    assert.equal(readFileSync('README.md', 'utf8'), made);
  });

  test('links to what is there', () => {
    for (const file of ['README.md', 'CHANGELOG.md']) {
      const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
      assert.deepEqual(
        links.filter((path) => !existsSync(path)),
        [],
      );
    }
  });
});

function settingsTable(groups: readonly Readonly<Record<string, Setting>>[]): string {
  const rows = groups.flatMap((properties) =>
    Object.entries(properties).map(([name, setting]) => {
      const text = (setting.markdownDescription ?? setting.description ?? '').replace(/\s*\n\s*/g, ' ');
      return `| \`${name}\` | ${code(setting.default)} | ${text.replaceAll('|', '\\|')} |`;
    }),
  );
  return ['', '| Setting | Default | What it does |', '| --- | --- | --- |', ...rows, '', ''].join('\n');
}

/** Empty texts, lists and objects are shown as nothing. */
function code(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return ['', '""', '[]', '{}'].includes(text) ? '' : `\`${text}\``;
}
