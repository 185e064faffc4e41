import { Inject, Injectable } from '@nestjs/common';
import { refuseInProduction, SandboxVendors } from '@autobroker/platform/vendors';
import Stripe from 'stripe';
import { paymentConfig, type PaymentConfig } from '../../application/config';
import { ProviderUnreachableError } from '../../application/provider';

interface Connection {
  readonly client: Stripe;
  readonly isSandbox: boolean;
}

/** The way to Stripe: the account of the installation, or the sandbox's stand-in. */
@Injectable()
export class StripeConnection {
  private readonly sandbox: SandboxVendors;
  private open: { readonly key: string; readonly url: string | undefined; readonly client: Stripe } | null = null;

  constructor(@Inject(paymentConfig.token) private readonly config: PaymentConfig) {
    refuseInProduction('payment provider', config.sandboxUrl, [config.stripeUrl, config.paypalUrl]);
    this.sandbox = new SandboxVendors(config.sandboxUrl);
  }

  async find(): Promise<Connection | null> {
    const { stripeKey, stripeUrl } = this.config;
    if (stripeKey !== undefined) return { client: this.client(stripeKey, stripeUrl), isSandbox: false };
    const played = await this.sandbox.find('stripe');
    const key = played?.key['secret_key'];
    return played === null || key === undefined ? null : { client: this.client(key, stripeUrl ?? played.url), isSandbox: true };
  }

  async connect(): Promise<Stripe> {
    const found = await this.find();
    if (found === null) throw new ProviderUnreachableError('Stripe has no key here, or the sandbox is away', false);
    return found.client;
  }

  private client(key: string, url: string | undefined): Stripe {
    if (this.open?.key === key && this.open.url === url) return this.open.client;
    // Nothing is repeated here: what is tried again is tried by its job, under the same key.
    const plain = { timeout: this.config.timeoutMs, maxNetworkRetries: 0, telemetry: false };
    const client = new Stripe(key, url === undefined ? plain : { ...plain, ...addressOf(url) });
    this.open = { key, url, client };
    return client;
  }
}

function addressOf(url: string): { host: string; port: number; protocol: 'http' | 'https' } {
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'https:';
  return { host: hostname, port: port === '' ? (secure ? 443 : 80) : Number(port), protocol: secure ? 'https' : 'http' };
}
