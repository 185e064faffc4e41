import type { Clock, CurrencyCode, Money, Refusal, Result } from '@autobroker/kernel';
import { logger, metrics } from '../telemetry';
import { builtinRates } from './builtin-rates';
import { type Conversion, convertWith, type ConvertOptions } from './convert';
import type { RateStore } from './rate-store';
import { type Day, dayOf, daysBetween, RateTable } from './rate-table';

const log = logger('money.rates');
/** Older amounts than this keep the conversion that was stored with them. */
const keptDays = 400;
const reloadMs = 5 * 60_000;

/**
 * Reference rates, at hand: a conversion looks into memory and waits for nothing. What is in memory follows the database
 * every few minutes; without a database, or before the first rates, the built-in ones serve.
 */
export class ReferenceRates {
  private table = new RateTable([]);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: RateStore,
    private readonly clock: Clock,
    private readonly options: ConvertOptions,
  ) {}

  /** At the rates of the day of `at`, or the last published before it. */
  convert(
    money: Money,
    to: CurrencyCode,
    at: Date = this.clock.now(),
    options: Partial<ConvertOptions> = {},
  ): Result<Conversion, Refusal<'currency_unsupported'>> {
    return convertWith(this.table, money, to, at, { ...this.options, ...options });
  }

  /** Whether amounts in this currency can be converted at all. */
  supports(currency: CurrencyCode): boolean {
    const known = [...this.table.currencies(), ...(this.options.allowBuiltin ? builtinRates.currencies() : [])];
    return known.includes(currency);
  }

  /** Of the published rates; `null` when there are none yet. */
  get latestDay(): Day | null {
    return this.table.latestDay;
  }

  async reload(): Promise<void> {
    const since = new Date(this.clock.now().getTime() - keptDays * 86_400_000);
    this.table = new RateTable(await this.store.since(dayOf(since)));
  }

  /** Loads what there is and goes on following it. Never fails: without rates the built-in ones serve. */
  async start(): Promise<void> {
    await this.follow();
    this.timer = setInterval(() => void this.follow(), reloadMs);
    this.timer.unref();
    metrics.gauge({
      name: 'reference_rates_age_days',
      help: 'Days since the last published reference rates; -1 without any',
      collect: (gauge) => {
        const { latestDay } = this;
        gauge.set(latestDay === null ? -1 : daysBetween(latestDay, dayOf(this.clock.now())));
      },
    });
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async follow(): Promise<void> {
    try {
      await this.reload();
    } catch (error) {
      log.warn({ err: error }, 'the reference rates could not be read; the last known ones stay');
    }
  }
}
