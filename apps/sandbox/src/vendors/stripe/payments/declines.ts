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

const hopeless = new Set(['lost_card', 'stolen_card', 'fraudulent', 'pickup_card']);

/** What the bank would do in the shop's place. */
export const adviceOf = ({ code, decline_code: decline, blocked }: Decline): string | null => {
  if (blocked === true || code === 'authentication_required') return null;
  if (hopeless.has(decline ?? '')) return 'do_not_try_again';
  return code === 'expired_card' || code === 'incorrect_cvc' ? 'confirm_card_data' : 'try_again_later';
};

/** As an error says it, and as an intent remembers it. */
export function declineBody(_: Account, method: PaymentMethod, { decline, charge }: DeclinedBy): ErrorBody & { readonly doc_url: string } {
  return {
    type: 'card_error',
    code: decline.code,
    ...(decline.decline_code === null ? {} : { decline_code: decline.decline_code }),
    ...(adviceOf(decline) === null ? {} : { advice_code: adviceOf(decline) ?? '' }),
    message: decline.message,
    doc_url: docUrl(decline.code),
    ...(charge === null ? {} : { charge }),
    ...(decline.code === 'expired_card' ? { param: 'exp_month' } : decline.code === 'incorrect_cvc' ? { param: 'cvc' } : {}),
    payment_method: render(method),
  };
}
