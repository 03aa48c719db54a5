import { MarkupKind, type CompletionItem } from 'vscode-languageserver';
import { documentationOf } from '../compose/features/completionItem.js';
import type { ClientAbilities } from './feature.js';

/** A completion for the client; the Markdown about it is made when somebody reads it. */
export interface Offer {
  readonly item: CompletionItem;
  readonly documentation?: string | (() => string) | undefined;
}

/**
 * Hands out completions. A client that can ask for the documentation of one item gets it then, of any item; others get it at once,
 * as long as there is not too much of it.
 */
export class DocumentedItems {
  /** What there is to read of the lists that were given last: an editor may have several on the screen. */
  #given: readonly { readonly list: number; readonly documentation: readonly Offer['documentation'][] }[] = [];
  #lists = 0;

  constructor(private readonly client: ClientAbilities) {}

  give(offers: readonly Offer[]): CompletionItem[] {
    if (!this.client.resolvesDocumentation) {
      let made = 0;
      return offers.map((offer) =>
        typeof offer.documentation !== 'function' || made++ < mostAtOnce ? withDocumentation(offer) : offer.item,
      );
    }
    const list = this.#lists++;
    const kept = this.#given.slice(0, mostLists - 1);
    this.#given = [{ list, documentation: offers.map((it) => it.documentation) }, ...kept];
    return offers.map(({ item, documentation }, index) =>
      documentation === undefined ? item : { ...item, data: { list, index } satisfies Ticket },
    );
  }

  /** The item with its documentation; as it is where its list is gone. */
  resolve(item: CompletionItem): CompletionItem {
    const ticket = item.data as Ticket | undefined;
    const given = this.#given.find(({ list }) => list === ticket?.list);
    return withDocumentation({ item, documentation: given?.documentation[ticket?.index ?? -1] });
  }
}

/** Where an item comes from, as the client brings it back. */
interface Ticket {
  readonly list: number;
  readonly index: number;
}

const mostAtOnce = 100;
const mostLists = 4;

function withDocumentation({ item, documentation }: Offer): CompletionItem {
  const value = documentationOf({ documentation });
  return value === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}
