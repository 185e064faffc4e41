import { Inject, Injectable } from '@nestjs/common';
import type { CurrencyCode } from '@autobroker/kernel';
import { type ApiBudget, apiBudgets, DailyBudgets } from '@autobroker/platform/vendors';
import { type ExternalSource, externalSources } from '../../domain/external/external-valuation';
import { externalConfig, type ExternalConfig } from './config';

export interface VendorBudget {
  readonly source: ExternalSource;
  readonly used: number;
  /** Null where none is set. */
  readonly limit: number | null;
  readonly cost: number;
  readonly costLimit: number | null;
  readonly currency: CurrencyCode;
}

/** What today has cost so far, and may. */
@Injectable()
export class ReadBudgets {
  private readonly budgets: ReadonlyMap<string, ApiBudget>;

  constructor(
    private readonly daily: DailyBudgets,
    @Inject(externalConfig.token) config: ExternalConfig,
  ) {
    this.budgets = apiBudgets(config);
  }

  async all(): Promise<VendorBudget[]> {
    const used = new Map((await this.daily.today(externalSources.map((source) => `api:${source}`))).map((row) => [row.scope, row]));
    return externalSources.map((source) => {
      const [budget, spent] = [this.budgets.get(source), used.get(`api:${source}`)];
      return { source, used: spent?.used ?? 0, limit: budget?.requests ?? null, cost: spent?.cost ?? 0, costLimit: budget?.costPerDay ?? null, currency: budget?.currency ?? 'USD' };
    });
  }
}
