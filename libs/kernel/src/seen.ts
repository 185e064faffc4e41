/** Knows what it was asked about lately: at least the last `max` keys, at most twice as many. */
export class Seen {
  private recent = new Set<string>();
  private before = new Set<string>();

  constructor(private readonly max: number) {}

  /** Whether the key was asked about before; from now on it was. */
  again(key: string): boolean {
    if (this.recent.has(key)) return true;
    const known = this.before.has(key);
    if (this.recent.size >= this.max) [this.before, this.recent] = [this.recent, new Set()];
    this.recent.add(key);
    return known;
  }
}
