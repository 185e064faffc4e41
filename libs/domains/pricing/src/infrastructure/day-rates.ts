import { Inject, Injectable } from '@nestjs/common';
import { Money, type CurrencyCode } from '@autobroker/kernel';
import { ratesConfig, ReferenceRates, type RatesSettings } from '@autobroker/platform/money';
import { type Converted, DayRates } from '../application/valuation/ports';

/** What a currency is measured with: large enough that rounding a single amount does not show in the rate. */
const yardstick = 10_000_000_000;
const same: Converted = { factor: 1, note: null };

/** From the platform's dated rates; a rate is asked for once a day and pair. */
@Injectable()
export class RatedDayRates extends DayRates {
  override readonly reference: CurrencyCode;
  private known = new Map<string, Converted | null>();
  private day = '';

  constructor(
    @Inject(ratesConfig.token) config: RatesSettings,
    private readonly rates: ReferenceRates,
  ) {
    super();
    this.reference = config.currency;
  }

  override between(from: CurrencyCode, to: CurrencyCode, at: Date): Converted | null {
    if (from === to) return same;
    // The published rates are part of the key: a day may get its rate in the afternoon.
    const day = `${at.toISOString().slice(0, 10)} ${this.rates.latestDay ?? ''}`;
    if (day !== this.day) {
      this.known = new Map();
      this.day = day;
    }
    const pair = `${from}${to}`;
    const remembered = this.known.get(pair);
    if (remembered !== undefined) return remembered;
    const found = this.look(from, to, at);
    this.known.set(pair, found);
    return found;
  }

  private look(from: CurrencyCode, to: CurrencyCode, at: Date): Converted | null {
    const converted = this.rates.convert(Money.of(yardstick, from), to, at);
    if (!converted.ok) return null;
    const { money, rate, source, day } = converted.value;
    return { factor: money.amount / yardstick, note: { from, to, rate, source, day } };
  }
}
