import { createHash } from 'node:crypto';

export interface StatementName {
  readonly name?: string;
}

const unnamed: StatementName = {};

/** Names under which statements are prepared whose texts are put together: the same text has the same name, and no other has it. */
export class StatementNames {
  private readonly names = new Map<string, StatementName>();

  constructor(
    private readonly of: string,
    /** Where strangers have a say in the texts: so many of them get a name. */
    private readonly max = Number.POSITIVE_INFINITY,
  ) {}

  for(sql: string): StatementName {
    const known = this.names.get(sql);
    if (known !== undefined) return known;
    if (this.names.size >= this.max) return unnamed;
    const made = { name: `${this.of}-${createHash('sha256').update(sql).digest('base64url').slice(0, 16)}` };
    this.names.set(sql, made);
    return made;
  }
}
