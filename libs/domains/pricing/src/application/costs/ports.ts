import type { Tx } from '@autobroker/platform/database';
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
