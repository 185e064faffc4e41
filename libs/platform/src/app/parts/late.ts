/** Something that exists only after Nest has made the services, but is needed by what they are made with. */
export class Late<T> {
  private value: T | null = null;

  constructor(private readonly what: string) {}

  set(value: T): void {
    this.value = value;
  }

  get(): T {
    if (this.value === null) throw new Error(`${this.what} was asked for before the services were made`);
    return this.value;
  }
}
