import { Injectable } from '@nestjs/common';
import { ExternalValuations, type SourceRecord, type StoredValue } from '../../application/external/ports';
import { ReadValuations } from '../../application/external/read-valuations';
import { OutsideValues, type OutsideWords } from '../../application/opportunities/ports';
import { headlineOf, type ExternalSource } from '../../domain/external/external-valuation';
import type { Price } from '../../domain/market-car';

/** From what was fetched of others before: nobody is asked here. */
@Injectable()
export class StoredOutsideValues extends OutsideValues {
  constructor(
    private readonly stored: ExternalValuations,
    private readonly reader: ReadValuations,
  ) {
    super();
  }

  override async of(vehicleIds: readonly string[]): Promise<ReadonlyMap<string, OutsideWords>> {
    const found = new Map<string, OutsideWords>();
    // There are few at a time: the deals of one batch, or the one that somebody looks at.
    for (const id of vehicleIds) {
      const records = await this.stored.of(id);
      if (!records.some(({ value }) => value !== null)) continue;
      const together = (await this.reader.of(id, null))?.aggregate ?? null;
      found.set(id, { ...wordsOf(records), opinion: together === null ? null : { value: together.value, currency: together.currency, confidence: together.confidence } });
    }
    return found;
  }
}

function wordsOf(records: readonly SourceRecord[]): Omit<OutsideWords, 'opinion'> {
  const valueOf = (source: ExternalSource): StoredValue | null => records.find((record) => record.source === source)?.value ?? null;
  const priceOf = (value: StoredValue | null): Price | null => {
    const amount = value === null ? null : headlineOf(value);
    return value === null || amount === null ? null : { amount, currency: value.currency };
  };
  const research = valueOf('perplexity');
  return {
    kbb: priceOf(valueOf('kbb')),
    edmunds: priceOf(valueOf('edmunds')),
    perplexity: research === null ? null : { value: priceOf(research), low: research.low, high: research.high, currency: research.currency, trend: research.trend, summary: research.summary, citations: [...research.citations], fetched_at: research.fetchedAt.toISOString() },
  };
}
