import { cardForm } from '../../../tools/bootstrap/card-form.mjs';
import { eventually } from './eventually';

interface Vendor {
  readonly slug: string;
  readonly base_url: string;
  readonly key?: Readonly<Record<string, string>>;
}

/** What a buyer and their bank do at Stripe, as the sandbox plays it. */
export class StripeOutside {
  constructor(private readonly sandbox: string) {}

  /** Fills in the hosted page with a card, as a browser would. The answer is where it leads, or the page that refuses. */
  async payByCard(url: string, number: string): Promise<{ readonly status: number; readonly location: string }> {
    const page = await (await fetch(url)).text();
    const { action, body } = cardForm(page, url, number);
    const answer = await fetch(action, { method: 'POST', body, redirect: 'manual' });
    return { status: answer.status, location: answer.headers.get('location') ?? '' };
  }

  /** Sends money to the account that a payment waits at. */
  async transfer(paymentId: string, amount: number, currency: string): Promise<void> {
    const customer = await eventually(`Stripe to know the payment ${paymentId}`, async () => {
      const { data } = await this.api<{ data: { customer: string | null; metadata: Record<string, string> }[] }>('GET', '/v1/payment_intents?limit=100');
      return data.find(({ metadata }) => metadata['payment_id'] === paymentId)?.customer ?? undefined;
    });
    await this.api('POST', `/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount: String(amount), currency: currency.toLowerCase() });
  }

  private async api<T>(method: string, path: string, form?: Record<string, string>): Promise<T> {
    const { vendors } = (await (await fetch(`${this.sandbox}/control/vendors`)).json()) as { vendors: Vendor[] };
    const vendor = vendors.find(({ slug }) => slug === 'stripe');
    const answer = await fetch(`${vendor?.base_url}${path}`, { method, headers: { authorization: `Bearer ${vendor?.key?.['secret_key']}` }, ...(form === undefined ? {} : { body: new URLSearchParams(form) }) });
    if (!answer.ok) throw new Error(`Stripe's ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
