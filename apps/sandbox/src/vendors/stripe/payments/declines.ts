import type { Account } from '../account';
import type { Decline } from '../cards';
import type { ErrorBody } from '../core/errors';
import { docUrl } from '../core/errors';
import { render } from '../core/render';
import type { PaymentMethod } from '../objects';

export interface DeclinedBy {
  readonly decline: Decline;
  readonly charge: string | null;
}

export const authenticationRequired: Decline = { code: 'authentication_required', decline_code: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' };

/** As an error says it, and as an intent remembers it. */
export function declineBody(_: Account, method: PaymentMethod, { decline, charge }: DeclinedBy): ErrorBody & { readonly doc_url: string } {
  return {
    type: 'card_error',
    code: decline.code,
    ...(decline.decline_code === null ? {} : { decline_code: decline.decline_code }),
    message: decline.message,
    doc_url: docUrl(decline.code),
    ...(charge === null ? {} : { charge }),
    ...(decline.code === 'expired_card' ? { param: 'exp_month' } : decline.code === 'incorrect_cvc' ? { param: 'cvc' } : {}),
    payment_method: render(method),
  };
}
