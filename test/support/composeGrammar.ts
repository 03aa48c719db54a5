import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';

/** Stands for VS Code's own YAML grammar: names strings, keys and comments as that one does. */
const yamlGrammar = JSON.stringify({
  scopeName: 'source.yaml',
  patterns: [
    { match: '#.*$', name: 'comment.line.number-sign.yaml' },
    { match: '\\S+(?=:( |$))', name: 'string.unquoted.plain.out.yaml entity.name.tag.yaml' },
    { begin: "'", end: "'", name: 'string.quoted.single.yaml' },
    { begin: "(?<=: )[^\\s']", end: '(?= #)|$', name: 'string.unquoted.plain.out.yaml' },
  ],
});

/** The grammar of Compose files on top of that; can be loaded once in a process. */
export async function composeGrammar(): Promise<IGrammar> {
  const wasm = join(createRequire(join(process.cwd(), 'package.json')).resolve('vscode-oniguruma'), '../onig.wasm');
  await loadWASM(readFileSync(wasm));
  const file = 'syntaxes/compose.tmLanguage.json';
  const texts: Readonly<Record<string, string>> = {
    'source.yaml': yamlGrammar,
    'source.yaml.compose': readFileSync(file, 'utf8'),
  };
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: (scope) => Promise.resolve(texts[scope] ? parseRawGrammar(texts[scope], file) : null),
  });
  const grammar = await registry.loadGrammar('source.yaml.compose');
  if (!grammar) throw new Error(`${file} cannot be read.`);
  return grammar;
}
