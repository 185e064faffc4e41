import type { Account } from '../account';
import { PaypalError } from '../core/errors';
import { Reading, type Hash } from '../core/reading';
import type { Order } from '../objects';
import { approve } from './life';
import { readExperience, readSource } from './sources';

/** The order is to be paid with what the body says. A card needs nobody's word; a payer's account needs the payer's. */
export function choose(account: Account, order: Order, body: Hash): void {
  const reading = new Reading();
  const context = readExperience(reading, reading.hash(body['application_context'], '/application_context'), '/application_context', order.experience);
  const source = readSource(account, reading, body['payment_source'], context);
  if (source === null) reading.wrong('MISSING_REQUIRED_PARAMETER', '/payment_source');
  reading.done();
  if (source === null) throw new PaypalError(400);
  account.change(account.orders, order, (one) => {
    one.experience = source.experience;
    one.payment_source = source.shown;
    one.payer = source.payer === null ? one.payer : { ...one.payer, ...source.payer };
    if (source.kind === 'paypal') one.status = 'PAYER_ACTION_REQUIRED';
  });
  if (source.kind === 'card') approve(account, order, source.funding);
}
