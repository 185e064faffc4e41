/** What comes next, by time: the smallest key first. */
export class Heap<T> {
  private readonly items: { readonly key: number; readonly item: T }[] = [];

  get nextKey(): number {
    return this.items[0]?.key ?? Number.POSITIVE_INFINITY;
  }

  push(key: number, item: T): void {
    const { items } = this;
    const entry = { key, item };
    let at = items.length;
    items.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent];
      if (above === undefined || above.key <= key) break;
      items[at] = above;
      at = parent;
    }
    items[at] = entry;
  }

  /** The first, if its time has come. */
  popUntil(limit: number): T | undefined {
    const first = this.items[0];
    if (first === undefined || first.key > limit) return undefined;
    const last = this.items.pop();
    if (last !== undefined && this.items.length > 0) this.sink(last);
    return first.item;
  }

  private sink(entry: { readonly key: number; readonly item: T }): void {
    const { items } = this;
    let at = 0;
    for (;;) {
      const left = items[2 * at + 1];
      const right = items[2 * at + 2];
      if (left === undefined) break;
      const takeRight = right !== undefined && right.key < left.key;
      const child = takeRight ? right : left;
      if (child.key >= entry.key) break;
      items[at] = child;
      at = 2 * at + (takeRight ? 2 : 1);
    }
    items[at] = entry;
  }
}
