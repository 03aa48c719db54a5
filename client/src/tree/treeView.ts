import * as vscode from 'vscode';
import { OnceMore } from './onceMore.js';
import { changes, filterTree, hits, showTree } from './shownTree.js';
import type { ShownTree } from './shownTree.js';
import type { Item, TreeNode } from './node.js';

export interface TreeOptions<T> {
  /** As in package.json. */
  readonly view: string;
  present(value: T): Item;
  /** What the filter looks at. */
  words(value: T): string;
  /** Markdown to add to a tooltip, fetched when it is about to be shown. */
  details?(value: T): Promise<string | undefined>;
}

/** Of what a filter finds: the rows of a screen. */
const mostOpened = 30;

/** A thin view over nodes that are handed in whole: finds out which of them changed and shows only those anew. */
export class TreeView<T> implements vscode.Disposable {
  readonly view: vscode.TreeView<string>;
  readonly #options: TreeOptions<T>;
  readonly #changed = new vscode.EventEmitter<string[] | undefined>();
  readonly #refresh = new OnceMore<string[] | undefined>((ids) => this.#changed.fire(ids));
  /** What somebody opened or closed, by id: VS Code forgets it of a node that goes, as with a filter, and comes back. */
  readonly #opened = new Map<string, boolean>();
  #nodes: readonly TreeNode<T>[] = [];
  #shown: ShownTree<T> = { roots: [], nodes: new Map() };
  #filter = '';
  #note: string | undefined;

  constructor(options: TreeOptions<T>) {
    this.#options = options;
    // Elements are ids: they stay the same while what they stand for is replaced with each reading.
    this.view = vscode.window.createTreeView<string>(options.view, {
      showCollapseAll: true,
      canSelectMany: true,
      treeDataProvider: {
        onDidChangeTreeData: this.#changed.event,
        getChildren: (id) => [...(id === undefined ? this.#shown.roots : (this.#shown.nodes.get(id)?.children ?? []))],
        getParent: (id) => this.#shown.nodes.get(id)?.parent,
        getTreeItem: (id) => this.#item(id),
        resolveTreeItem: (item, id) => this.#resolve(item, id),
      },
    });
    this.view.onDidExpandElement(({ element }) => this.#opened.set(element, true));
    this.view.onDidCollapseElement(({ element }) => this.#opened.set(element, false));
  }

  show(nodes: readonly TreeNode<T>[]): void {
    this.#nodes = nodes;
    const { present, words } = this.#options;
    const next = showTree(filterTree(nodes, this.#filter, words), present);
    const changed = changes(this.#shown, next);
    this.#shown = next;
    if (changed === 'all') this.#refresh.now(undefined);
    else if (changed.length > 0) this.#refresh.now([...changed]);
  }

  /** What the command's argument from this tree stands for; undefined for anything else. */
  value(element: unknown): T | undefined {
    return typeof element === 'string' ? this.#shown.nodes.get(element)?.value : undefined;
  }

  /** Opens the way to the first node that suits, and selects it; false where none is shown. */
  reveal(suits: (value: T) => boolean): boolean {
    const [id] = [...this.#shown.nodes].find(([, { value }]) => suits(value)) ?? [];
    if (id === undefined) return false;
    void this.view.reveal(id, { select: true, focus: true });
    return true;
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text;
    this.#describe();
    this.show(this.#nodes);
    void this.#openTheWay(hits(this.#nodes, text, this.#options.words).slice(0, mostOpened));
  }

  /** A word behind the title, for example the Docker context. */
  set note(note: string | undefined) {
    this.#note = note;
    this.#describe();
  }

  dispose(): void {
    this.#refresh.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }

  /** What was found may be in what is closed. */
  async #openTheWay(ids: readonly string[]): Promise<void> {
    // The first one last, since each is scrolled to.
    try {
      for (const id of ids.toReversed()) await this.view.reveal(id, { select: false, focus: false });
    } catch {
      // It has gone meanwhile, or another filter came.
    }
  }

  #describe(): void {
    const parts = [this.#note, this.#filter && `"${this.#filter}"`].filter(Boolean);
    this.view.description = parts.join(' · ');
  }

  #item(id: string): vscode.TreeItem {
    const shown = this.#shown.nodes.get(id);
    if (!shown) return new vscode.TreeItem('');
    const { item, children } = shown;
    const state = vscode.TreeItemCollapsibleState;
    const isOpen = this.#opened.get(id) ?? item.open === 'expanded';
    const open = isOpen ? state.Expanded : state.Collapsed;
    const result = new vscode.TreeItem(item.label, children.length > 0 ? open : state.None);
    result.id = id;
    if (item.description !== undefined) result.description = item.description;
    result.iconPath = new vscode.ThemeIcon(
      item.icon.name,
      item.icon.color ? new vscode.ThemeColor(item.icon.color) : undefined,
    );
    result.contextValue = item.contextValue;
    result.accessibilityInformation = { label: item.accessibleLabel };
    return result;
  }

  async #resolve(item: vscode.TreeItem, id: string): Promise<vscode.TreeItem> {
    const shown = this.#shown.nodes.get(id);
    if (!shown) return item;
    const more = await this.#options.details?.(shown.value);
    item.tooltip = new vscode.MarkdownString([shown.item.tooltip ?? '', more ?? ''].filter(Boolean).join('\n\n'));
    return item;
  }
}
