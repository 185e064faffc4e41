import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';

export interface Row {
  readonly id: string;
  readonly object: string;
  readonly created: number;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What is written down of a table, and read back. */
interface Kept {
  readonly name: string;
  oldestFirst(): Iterable<Row>;
  changes(): readonly (readonly [id: string, row: Row | null])[];
  restore(id: string, row: unknown): void;
}

/** All rows of one kind, in the order in which they were made. */
export class Table<T extends Row> implements Kept {
  private rows: (T | null)[] = [];
  private readonly places = new Map<string, number>();
  private readonly touched = new Set<string>();

  constructor(
    readonly name: string,
    private readonly keep = Number.MAX_SAFE_INTEGER,
  ) {}

  get(id: string): T | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : (this.rows[place] ?? undefined);
  }

  /** New or changed: the same row either way. */
  put(row: T): T {
    const place = this.places.get(row.id);
    if (place === undefined) {
      this.places.set(row.id, this.rows.length);
      this.rows.push(row);
      if (this.places.size > this.keep) this.forgetOldest();
    } else {
      this.rows[place] = row;
    }
    this.touched.add(row.id);
    return row;
  }

  remove(id: string): void {
    const place = this.places.get(id);
    if (place === undefined) return;
    this.rows[place] = null;
    this.places.delete(id);
    this.touched.add(id);
    if (this.rows.length > 64 && this.places.size < this.rows.length / 2) this.squeeze();
  }

  *newestFirst(): Generator<T> {
    for (let at = this.rows.length - 1; at >= 0; at -= 1) {
      const row = this.rows[at];
      if (row !== null && row !== undefined) yield row;
    }
  }

  *oldestFirst(): Generator<T> {
    for (const row of this.rows) if (row !== null) yield row;
  }

  /** Smaller is older. */
  placeOf(id: string): number | undefined {
    return this.places.get(id);
  }

  get size(): number {
    return this.places.size;
  }

  /** What has changed since the last call; null for a row that has gone. */
  changes(): readonly (readonly [id: string, row: T | null])[] {
    if (this.touched.size === 0) return [];
    const changes = [...this.touched].map((id) => [id, this.get(id) ?? null] as const);
    this.touched.clear();
    return changes;
  }

  /** From a file that this class has written. */
  restore(id: string, row: unknown): void {
    if (row === null) this.remove(id);
    else this.put(row as T);
    this.touched.delete(id);
  }

  private forgetOldest(): void {
    for (const row of this.rows) {
      if (row === null) continue;
      this.remove(row.id);
      return;
    }
  }

  private squeeze(): void {
    this.rows = this.rows.filter((row) => row !== null);
    this.places.clear();
    this.rows.forEach((row, place) => row !== null && this.places.set(row.id, place));
  }
}

const compactFrom = 64 * 1_024 * 1_024;

/** Tables and what is kept of them: every change is appended to a file before the answer goes out, so that a killed process loses nothing that it said. */
export class Memory {
  private readonly tables = new Map<string, Kept>();
  private sequence = 0;
  private written = 0;
  private out: number | null = null;

  constructor(
    private readonly file: string | null,
    private readonly seed: string,
  ) {}

  table<T extends Row>(name: string, keep?: number): Table<T> {
    const table = new Table<T>(name, keep);
    this.tables.set(name, table);
    return table;
  }

  /** The same sequence of requests gets the same ids. */
  id(prefix: string, length = 24): string {
    this.sequence += 1;
    // Its digest is 64 bytes long, as long as the longest name.
    const bytes = createHash('sha512').update(`${this.seed}/${this.sequence}`).digest();
    let name = '';
    for (const byte of bytes.subarray(0, length)) name += alphabet[byte % alphabet.length] ?? '0';
    return `${prefix}_${name}`;
  }

  /** A number that rises with every row. */
  get count(): number {
    return this.sequence;
  }

  load(): void {
    if (this.file === null) return;
    if (existsSync(this.file)) for (const line of readFileSync(this.file, 'utf8').split('\n')) this.replay(line);
    this.compact();
  }

  flush(): void {
    const changes: [string, string, Row | null][] = [];
    for (const table of this.tables.values()) for (const [id, row] of table.changes()) changes.push([table.name, id, row]);
    if (this.out === null || changes.length === 0) return;
    this.written += writeSync(this.out, `${JSON.stringify({ n: this.sequence, c: changes })}\n`);
    if (this.written > compactFrom) this.compact();
  }

  close(): void {
    this.flush();
    if (this.out !== null) closeSync(this.out);
    this.out = null;
  }

  private replay(line: string): void {
    const entry = entryOf(line);
    if (entry === null) return;
    this.sequence = entry.n;
    for (const [name, id, row] of entry.c) this.tables.get(name)?.restore(id, row);
  }

  /** The state alone, without how it came about; beside it and renamed, so that a crash leaves the old one. */
  private compact(): void {
    if (this.file === null) return;
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}.tmp`;
    const lines: string[] = [];
    for (const table of this.tables.values()) for (const row of table.oldestFirst()) lines.push(JSON.stringify({ n: this.sequence, c: [[table.name, row.id, row]] }));
    writeFileSync(draft, lines.length === 0 ? '' : `${lines.join('\n')}\n`);
    renameSync(draft, this.file);
    if (this.out !== null) closeSync(this.out);
    this.out = openSync(this.file, 'a');
    this.written = 0;
  }
}

interface Entry {
  readonly n: number;
  readonly c: readonly (readonly [string, string, unknown])[];
}

/** Null for the half line of a process that was killed while it wrote. */
const entryOf = (line: string): Entry | null => {
  if (line === '') return null;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return null;
  }
};
