import { Inject, Injectable } from '@nestjs/common';
import { Money, type CurrencyCode } from '@autobroker/kernel';
import { ratesConfig, ReferenceRates, type RatesSettings } from '@autobroker/platform/money';
import { ReferencePrices } from '../application/ports';
import type { Price } from '../domain/facts';

/** Reference prices from the platform's dated rates. */
@Injectable()
export class RatedPrices extends ReferencePrices {
  override readonly currency: CurrencyCode;

  constructor(
    @Inject(ratesConfig.token) config: RatesSettings,
    private readonly rates: ReferenceRates,
  ) {
    super();
    this.currency = config.currency;
  }

  override of(price: Price, at: Date): Price | null {
    const converted = this.rates.convert(Money.of(price.amount, price.currency), this.currency, at);
    return converted.ok ? { amount: converted.value.money.amount, currency: this.currency } : null;
  }
}
