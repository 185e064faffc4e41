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
    const records = await this.stored.ofMany(vehicleIds);
    const said = new Map([...records].filter(([, ofCar]) => ofCar.some(({ value }) => value !== null)));
    const aggregates = said.size === 0 ? new Map<string, never>() : await this.reader.aggregates(said);
    return new Map(
      [...said].map(([id, ofCar]) => {
        const together = aggregates.get(id) ?? null;
        return [id, { ...wordsOf(ofCar), opinion: together === null ? null : { value: together.value, currency: together.currency, confidence: together.confidence } }];
      }),
    );
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
