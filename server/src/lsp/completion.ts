import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem as LspItem,
  type CompletionList,
  type CompletionParams,
} from 'vscode-languageserver';
import { completion } from '../compose/features/completion.js';
import type { CompletionItem } from '../compose/features/completionItem.js';
import type { LineIndex } from '../text/lineIndex.js';
import { EngineImages } from './engineImages.js';
import type { Feature } from './feature.js';
import { lookAt } from './look.js';
import { proxyCompletion } from './proxyAnswers.js';
import type { Session } from './session.js';

export const completionFeature: Feature = {
  capabilities: {
    completionProvider: { triggerCharacters: [' ', ':', '-', '[', '{', ',', '"', "'", '$', '*', '/', '.'] },
  },
  register(server) {
    const images = new EngineImages(server);
    server.connection.onCompletion(
      server.handle(
        'completion',
        async (params: CompletionParams): Promise<LspItem[] | CompletionList | undefined> =>
          proxyCompletion(server.session, params) ?? complete(server.session, images, params),
      ),
    );
  },
};

async function complete(
  session: Session,
  images: EngineImages,
  { textDocument, position }: CompletionParams,
): Promise<CompletionList | undefined> {
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
  return { isIncomplete: !answered, items: items.map((item, index) => toLsp(item, index, content)) };
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
    ...(item.documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
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
