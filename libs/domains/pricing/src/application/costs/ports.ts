import type { CurrencyCode } from '@autobroker/kernel';
import type { TenantScope, Tx } from '@autobroker/platform/database';
import type { CostRule } from '../../domain/costs/rules';

/** A rule that this installation added to those that come with the program, or put in the place of one. */
export interface AddedRule extends CostRule {
  readonly id: string;
  readonly addedAt: Date;
}

export abstract class CostRuleStore {
  abstract all(): Promise<readonly AddedRule[]>;
  /** And nobody else changes rules until the transaction ends. */
  abstract lock(tx: Tx): Promise<void>;
  abstract find(tx: Tx, id: string): Promise<AddedRule | null>;
  abstract insert(tx: Tx, rule: AddedRule): Promise<void>;
  abstract end(tx: Tx, id: string, validTo: string): Promise<void>;
}

/** What a tenant takes for its service from a day on, until a later one begins: a share within bounds, or a flat fee (no share). */
export interface FeeSchedule {
  readonly id: string;
  readonly percent: string;
  readonly least: number;
  readonly most: number | null;
  readonly currency: CurrencyCode;
  readonly validFrom: string;
  readonly addedAt: Date;
}

export abstract class FeeScheduleStore {
  /** Latest first. */
  abstract all(scope: TenantScope): Promise<readonly FeeSchedule[]>;
  /** False where the tenant has one of that currency from that day. */
  abstract add(scope: TenantScope, tx: Tx, schedule: FeeSchedule): Promise<boolean>;
}
