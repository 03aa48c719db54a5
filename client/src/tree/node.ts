/** A node of any of our trees: what it stands for, apart from how it looks. */
export interface TreeNode<T> {
  /** Unique in its tree, and the same for as long as it stands for the same thing. */
  readonly id: string;
  readonly value: T;
  readonly children: readonly TreeNode<T>[];
}

/** How a node looks and sounds. */
export interface Item {
  readonly label: string;
  readonly description?: string;
  readonly icon: Icon;
  /** Facets separated by `;`, for the `when` clauses of menus. */
  readonly contextValue: string;
  readonly accessibleLabel: string;
  /** Markdown. */
  readonly tooltip?: string;
  readonly open?: 'expanded' | 'collapsed';
}

/** Shape and colour: the colour alone never says anything. */
export interface Icon {
  readonly name: string;
  readonly color?: string;
}
