import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RegistrationParams, TextEdit, UnregistrationParams } from 'vscode-languageserver';
import { startInProcess, type LanguageClient } from '../support/inProcess.js';

const uri = 'file:///shop/compose.yaml';
const text = 'services:\n    web:\n        image:  nginx \n';
const method = 'textDocument/formatting';
const options = { tabSize: 2, insertSpaces: true };

async function format(client: LanguageClient, range?: unknown): Promise<TextEdit[] | null> {
  const params = { textDocument: { uri }, options, ...(range ? { range } : {}) };
  return client.request<TextEdit[] | null>(range ? 'textDocument/rangeFormatting' : method, params);
}

suite('formatting over real streams', () => {
  test('is not announced, and answers nothing, until a setting wants it', async () => {
    let setting = { enable: false };
    const client = await startInProcess({ settings: () => ({ format: setting }) });
    assert.equal(client.initialized.capabilities.documentFormattingProvider, undefined);
    client.open(uri, text);
    assert.equal(await format(client), null);
    const isOf = ({ registrations }: RegistrationParams): boolean => registrations.some((it) => it.method === method);
    const registered = client.next<RegistrationParams>('client/registerCapability', isOf);
    setting = { enable: true };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    const selectors = (await registered).registrations.map((it) => JSON.stringify(it.registerOptions));
    assert.match(selectors[0] ?? '', /dockercompose.*\*compose\*/);
    client.apply({ changes: { [uri]: (await format(client)) ?? [] } });
    assert.equal(client.text(uri), 'services:\n  web:\n    image: nginx\n');
    const gone = client.next<UnregistrationParams>('client/unregisterCapability', ({ unregisterations }) =>
      unregisterations.some((it) => it.method === method),
    );
    setting = { enable: false };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await gone;
    assert.equal(await format(client), null);
    await client.stop();
  });

  test('of a selection', async () => {
    const client = await startInProcess({ settings: () => ({ format: { enable: true } }) });
    client.open(uri, text);
    const range = { start: { line: 2, character: 3 }, end: { line: 3, character: 0 } };
    client.apply({ changes: { [uri]: (await format(client, range)) ?? [] } });
    assert.equal(client.text(uri), 'services:\n    web:\n      image: nginx\n');
    await client.stop();
  });

  test('is announced at once to a client that takes no announcements later', async () => {
    const settings = (enable: boolean) => ({
      configuration: false,
      registersFormatting: false,
      settings: () => ({ format: { enable } }),
    });
    const [on, off] = await Promise.all([startInProcess(settings(true)), startInProcess(settings(false))]);
    assert.equal(on.initialized.capabilities.documentFormattingProvider, true);
    assert.equal(off.initialized.capabilities.documentFormattingProvider, undefined);
    on.open(uri, text);
    assert.equal((await format(on))?.length, 4);
    await Promise.all([on.stop(), off.stop()]);
  });
});
