export interface QueryTiming {
  readonly service: string;
  /** Name of a prepared statement, else undefined. */
  readonly name: string | undefined;
  /** Text with placeholders: parameters never get here. */
  readonly sql: string;
  readonly ms: number;
  readonly failed: boolean;
}

export type QueryListener = (timing: QueryTiming) => void;

/** Measures statements for metrics and the slow-query log. Real time: a moved clock must not bend it. */
export class QueryTimer {
  constructor(
    private readonly service: string,
    private readonly listener: QueryListener | undefined,
  ) {}

  async time<T>(sql: string, name: string | undefined, run: () => Promise<T>): Promise<T> {
    if (this.listener === undefined) return run();
    const start = performance.now();
    let failed = true;
    try {
      const result = await run();
      failed = false;
      return result;
    } finally {
      this.listener({ service: this.service, name, sql, ms: performance.now() - start, failed });
    }
  }
}
