/**
 * A map whose keys stay: a version of it with other values shares them, and costs a copy of the list of values. What a large file
 * makes anew at every keystroke is held in these.
 */
export class KeyedList<V> implements ReadonlyMap<string, V> {
  private constructor(
    private readonly places: ReadonlyMap<string, number>,
    private readonly list: readonly V[],
  ) {}

  static of<V>(map: ReadonlyMap<string, V>): KeyedList<V> {
    if (map instanceof KeyedList) return map as KeyedList<V>;
    return new KeyedList(new Map(Array.from(map.keys(), (key, i) => [key, i])), [...map.values()]);
  }

  /** The map with other values under keys it has; other keys are left out. */
  with(values: Iterable<readonly [string, V]>): KeyedList<V> {
    const list = [...this.list];
    for (const [key, value] of values) {
      const place = this.places.get(key);
      if (place !== undefined) list[place] = value;
    }
    return new KeyedList(this.places, list);
  }

  get size(): number {
    return this.list.length;
  }

  get(key: string): V | undefined {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.list[place];
  }

  has(key: string): boolean {
    return this.places.has(key);
  }

  keys(): MapIterator<string> {
    return this.places.keys();
  }

  values(): ArrayIterator<V> {
    return this.list.values();
  }

  *entries(): Generator<[string, V], undefined> {
    for (const [key, place] of this.places) yield [key, this.list[place] as V];
  }

  [Symbol.iterator](): Generator<[string, V], undefined> {
    return this.entries();
  }

  forEach(run: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    this.places.forEach((place, key) => run(this.list[place] as V, key, this));
  }
}
