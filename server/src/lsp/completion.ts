import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem as LspItem,
  type CompletionList,
  type CompletionParams,
} from 'vscode-languageserver';
import { completion } from '../compose/features/completion.js';
import type { CompletionItem } from '../compose/features/completionItem.js';
import type { LineIndex } from '../text/lineIndex.js';
import { DocumentedItems, type Offer } from './documentedItems.js';
import { EngineImages } from './engineImages.js';
import type { Feature } from './feature.js';
import { lookAt } from './look.js';
import { proxyCompletion } from './proxyCompletion.js';
import type { Session } from './session.js';

export const completionFeature: Feature = {
  capabilities: {
    completionProvider: {
      triggerCharacters: [' ', ':', '-', '[', '{', ',', '"', "'", '$', '*', '/', '.', '!'],
      resolveProvider: true,
    },
  },
  register(server) {
    const images = new EngineImages(server);
    const documented = new DocumentedItems(server.client);
    server.connection.onCompletion(
      server.handle('completion', async (params: CompletionParams): Promise<LspItem[] | CompletionList | undefined> => {
        const inProxy = proxyCompletion(server.session, params);
        if (inProxy) return documented.give(inProxy);
        const found = await complete(server.session, images, params);
        return found && { isIncomplete: found.isIncomplete, items: documented.give(found.offers) };
      }),
    );
    const resolve = server.handle('completionItem/resolve', (item: LspItem) => documented.resolve(item));
    server.connection.onCompletionResolve(async (item, token) => (await resolve(item, token)) ?? item);
  },
};

async function complete(
  session: Session,
  images: EngineImages,
  { textDocument, position }: CompletionParams,
): Promise<{ readonly isIncomplete: boolean; readonly offers: readonly Offer[] } | undefined> {
  const look = lookAt(session, textDocument.uri);
  if (!look) return undefined;
  const { document } = look;
  const { version, content } = document;
  let areWanted = false;
  const known = (): readonly string[] => {
    areWanted = true;
    return images.known;
  };
  const ask = (): readonly CompletionItem[] => completion(look.world(known), content.offset(position));
  let items = ask();
  const answered = !areWanted || (await images.refresh());
  if (areWanted && document.version === version) items = ask();
  // Asked again with the next letter, the client may have said more.
  return {
    isIncomplete: !answered,
    offers: items.map((item, index) => ({ item: toLsp(item, index, content), documentation: item.documentation })),
  };
}

const kinds: Readonly<Record<CompletionItem['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  service: CompletionItemKind.Class,
  resource: CompletionItemKind.Module,
  variable: CompletionItemKind.Variable,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  anchor: CompletionItemKind.Reference,
  example: CompletionItemKind.Value,
};

function toLsp(item: CompletionItem, index: number, lines: LineIndex): LspItem {
  return {
    label: item.label,
    kind: kinds[item.kind],
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(item.deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(item.preselect ? { preselect: true } : {}),
    ...(item.filter === undefined ? {} : { filterText: item.filter }),
    sortText: String(index).padStart(4, '0'),
    insertTextFormat: InsertTextFormat.Snippet,
    // The lines of the snippet carry their whole indentation.
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range: lines.range(item.replace), newText: item.insert },
  };
}
