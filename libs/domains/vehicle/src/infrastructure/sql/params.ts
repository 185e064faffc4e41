/** Collects the values of one statement and hands out their placeholders. */
export class Params {
  readonly values: unknown[] = [];

  /** A placeholder that is made when it is first asked for, and then stays the same. */
  late(make: () => string): () => string {
    let made: string | undefined;
    return () => (made ??= make());
  }

  add(value: unknown, cast = ''): string {
    this.values.push(value);
    return `$${this.values.length}${cast}`;
  }
}
