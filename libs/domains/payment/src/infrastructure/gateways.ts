import { Injectable } from '@nestjs/common';
import type { PaymentProvider } from '@autobroker/kernel';
import { type PaymentGateway, PaymentGateways } from '../application/provider';
import { PaypalGateway } from './paypal/paypal-gateway';
import { StripeGateway } from './stripe/stripe-gateway';

@Injectable()
export class ConfiguredGateways extends PaymentGateways {
  private readonly byName: ReadonlyMap<PaymentProvider, PaymentGateway>;

  constructor(stripe: StripeGateway, paypal: PaypalGateway) {
    super();
    this.byName = new Map<PaymentProvider, PaymentGateway>([[stripe.provider, stripe], [paypal.provider, paypal]]);
  }

  override of(provider: PaymentProvider): PaymentGateway {
    const found = this.byName.get(provider);
    if (found === undefined) throw new Error(`there is no way to ${provider}`);
    return found;
  }

  override all(): readonly PaymentGateway[] {
    return [...this.byName.values()];
  }
}
