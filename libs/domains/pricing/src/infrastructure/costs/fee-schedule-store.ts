import { Inject, Injectable } from '@nestjs/common';
import { isCurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf, TenantRepository, type TenantScope, type Tx } from '@autobroker/platform/database';
import { type FeeSchedule, FeeScheduleStore } from '../../application/costs/ports';
import { FeeScheduleEntity } from '../entities/fee-schedule.entity';

class Schedules extends TenantRepository<FeeScheduleEntity> {
  constructor() {
    super(FeeScheduleEntity);
  }
}

@Injectable()
export class SqlFeeScheduleStore extends FeeScheduleStore {
  private readonly rows = new Schedules();

  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async all(scope: TenantScope): Promise<readonly FeeSchedule[]> {
    return (await this.rows.find(scope, this.db, {}, { order: { validFrom: 'DESC', id: 'DESC' } })).map(scheduleOf);
  }

  override async add(scope: TenantScope, tx: Tx, { id, percent, least, most, currency, validFrom, addedAt }: FeeSchedule): Promise<boolean> {
    const rows = await tx.query(
      `insert into pricing.fee_schedules (id, tenant_id, percent, least, most, currency, valid_from, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id, currency, valid_from) do nothing returning id`,
      [id, scope.tenantId, percent, least, most, currency, validFrom, addedAt],
    );
    return rows.length > 0;
  }
}

function scheduleOf(row: FeeScheduleEntity): FeeSchedule {
  const { id, percent, currency, validFrom, addedAt } = row;
  if (!isCurrencyCode(currency)) throw new Error(`fee schedule ${id} has no currency`);
  return { id, percent, least: Number(row.least), most: row.most === null ? null : Number(row.most), currency, validFrom, addedAt };
}
