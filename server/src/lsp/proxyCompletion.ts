import { CompletionItemKind, InsertTextFormat, InsertTextMode } from 'vscode-languageserver';
import { neighbourhood } from '../project/proxy/link.js';
import { contextOf } from '../project/proxy/uses.js';
import { completeProxy, type ProxyCompletion } from '../proxy/features/complete.js';
import { haproxyWords } from '../proxy/features/haproxyWords.js';
import { nginxWords } from '../proxy/features/nginxWords.js';
import type { Offer } from './documentedItems.js';
import { lookAtProxy, type DocumentPlace } from './proxyLook.js';
import type { Session } from './session.js';

/** What can be written in a proxy's file: names of the services around it, and the words of the proxy. */
export function proxyCompletion(session: Session, { textDocument, position }: DocumentPlace): Offer[] | undefined {
  const look = lookAtProxy(session, textDocument.uri);
  if (!look) return undefined;
  const { document, config, proxy } = look;
  const around = proxy && neighbourhood(proxy.checked.world, proxy.proxy);
  const siblings = proxy ? contextOf(proxy.proxy, config).siblings : [];
  const offset = document.content.offset(position);
  const named = completeProxy(config, siblings, around, offset);
  const words = config.kind === 'nginx' ? nginxWords(config, siblings, offset) : haproxyWords(config, siblings, offset);
  const found = [...named, ...words.filter(({ label }) => !named.some((it) => it.label === label))];
  return found.map(({ label, kind, detail, documentation, insert, snippet, replace }, index) => ({
    documentation,
    item: {
      label,
      kind: completionKinds[kind],
      ...(detail !== undefined && { detail }),
      ...(snippet && { insertTextFormat: InsertTextFormat.Snippet, insertTextMode: InsertTextMode.asIs }),
      sortText: String(index).padStart(4, '0'),
      filterText: snippet ? label : insert,
      textEdit: { range: document.content.range(replace), newText: insert },
    },
  }));
}

const completionKinds: Readonly<Record<ProxyCompletion['kind'], CompletionItemKind>> = {
  service: CompletionItemKind.Class,
  port: CompletionItemKind.Value,
  group: CompletionItemKind.Module,
  directive: CompletionItemKind.Property,
  variable: CompletionItemKind.Variable,
  value: CompletionItemKind.EnumMember,
};
