import { err, type Err } from '@autobroker/kernel';
import Stripe from 'stripe';
import { type ProviderRefusal, ProviderUnreachableError } from '../../application/provider';

/** What Stripe refuses is an answer; what can't be known, or is no fault of the request, is thrown, to be asked again. */
export function refusalOf(error: unknown): Err<ProviderRefusal> {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const status = error.statusCode ?? 0;
  const message = `Stripe: ${error.message}`;
  if (error instanceof Stripe.errors.StripeRateLimitError) throw new ProviderUnreachableError(message, false, error);
  if (error instanceof Stripe.errors.StripeAuthenticationError || error instanceof Stripe.errors.StripePermissionError) throw new ProviderUnreachableError(message, false, error);
  if (error instanceof Stripe.errors.StripeConnectionError || status === 0 || status === 409 || status >= 500) throw new ProviderUnreachableError(message, true, error);
  return err({ code: error.decline_code ?? error.code ?? error.type, detail: error.message });
}

export const isMissing = (error: unknown): boolean => error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404;
