import { Inject, Injectable } from '@nestjs/common';
import { isStaff, type Role } from '@autobroker/contracts';
import { type Database, databaseOf, scopeOf } from '@autobroker/platform/database';
import { type Quote, type QuotePage, QuoteStore, type QuoteWindow } from './ports';

export interface QuoteReader {
  readonly userId: string | null;
  readonly tenantId: string | null;
  readonly roles: readonly Role[];
}

@Injectable()
export class ReadQuotes {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly store: QuoteStore,
  ) {}

  hasExpired({ expiresAt }: Quote): boolean {
    return expiresAt <= this.db.clock.now();
  }

  mine(tenantId: string, userId: string, window: QuoteWindow): Promise<QuotePage> {
    return this.store.listOf(scopeOf({ tenantId }), userId, window);
  }

  /** Null for whoever neither has it, nor asked for it, nor works for the tenant that made it. */
  async one(id: string, { userId, tenantId, roles }: QuoteReader): Promise<Quote | null> {
    if (tenantId === null) return null;
    const quote = await this.store.find(scopeOf({ tenantId }), id);
    if (quote === null) return null;
    return isStaff({ roles }) || (userId !== null && (quote.buyerId === userId || quote.createdBy === userId)) ? quote : null;
  }
}
