import { Inject, Injectable } from '@nestjs/common';
import { isCurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf, lockNames, type Tx } from '@autobroker/platform/database';
import { type AddedRule, CostRuleStore } from '../../application/costs/ports';
import { termsSchema } from '../../application/costs/terms';
import { confidences } from '../../domain/costs/rules';

interface Row {
  readonly id: string;
  readonly key: string;
  readonly jurisdiction: string;
  readonly terms: unknown;
  readonly currency: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly source: string;
  readonly confidence: string;
  readonly note: string | null;
  readonly added_at: Date;
}

const columns = 'id, key, jurisdiction, terms, currency, valid_from::text, valid_to::text, source, confidence, note, added_at';

@Injectable()
export class SqlCostRuleStore extends CostRuleStore {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async all(): Promise<readonly AddedRule[]> {
    const rows = await this.db.query<Row>(`select ${columns} from pricing.cost_rules order by key, valid_from`);
    return rows.map(ruleOf);
  }

  override async lock(tx: Tx): Promise<void> {
    await lockNames(tx, 'pricing.cost_rules');
  }

  override async find(tx: Tx, id: string): Promise<AddedRule | null> {
    const [row] = await tx.query<Row>(`select ${columns} from pricing.cost_rules where id = $1`, [id]);
    return row === undefined ? null : ruleOf(row);
  }

  override async insert(tx: Tx, rule: AddedRule): Promise<void> {
    await tx.query(
      `insert into pricing.cost_rules (id, key, jurisdiction, terms, currency, valid_from, valid_to, source, confidence, note, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [rule.id, rule.key, rule.jurisdiction, JSON.stringify(rule.terms), rule.currency, rule.validFrom, rule.validTo, rule.source, rule.confidence, rule.note, rule.addedAt],
    );
  }

  override async end(tx: Tx, id: string, validTo: string): Promise<void> {
    await tx.query('update pricing.cost_rules set valid_to = $2 where id = $1', [id, validTo]);
  }
}

function ruleOf(row: Row): AddedRule {
  const confidence = confidences.find((known) => known === row.confidence);
  if (!isCurrencyCode(row.currency) || confidence === undefined) throw new Error(`cost rule ${row.id} is not one of ours`);
  const { id, key, jurisdiction, source, note } = row;
  return { id, key, jurisdiction, terms: termsSchema.parse(row.terms), currency: row.currency, validFrom: row.valid_from, validTo: row.valid_to, source, confidence, note, addedAt: row.added_at };
}
