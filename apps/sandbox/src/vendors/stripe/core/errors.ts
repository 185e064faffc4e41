export type ErrorType = 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';

export interface ErrorBody {
  readonly type: ErrorType;
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly network_decline_code?: string;
  readonly charge?: string;
  readonly payment_intent?: unknown;
  readonly setup_intent?: unknown;
  readonly payment_method?: unknown;
  readonly payment_method_type?: string;
}

/** What the API refuses with. */
export class StripeError extends Error {
  /** Nothing was begun: the same idempotency key may be used for the corrected request. */
  beforeBegun: boolean;

  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(body.message);
    this.beforeBegun = [401, 403, 409, 429].includes(status) || /^parameters?_/u.test(body.code ?? '');
  }
}

type Named = Partial<Pick<ErrorBody, 'code' | 'param' | 'payment_intent' | 'setup_intent' | 'charge'>>;

export const invalid = (message: string, named: Named = {}): StripeError => new StripeError(400, { type: 'invalid_request_error', message, ...named });

/** `what` is the object's name in the message, `param` the parameter that named it. */
export const missing = (what: string, id: string, param: string, status = 404): StripeError =>
  new StripeError(status, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}: '${id}'`, param });

/** Of an account that this key does not reach, whether or not there is one. */
export const noAccess = (account: string): StripeError =>
  new StripeError(403, { type: 'invalid_request_error', code: 'account_invalid', message: `The provided key does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.` });

export const unexpectedState = (message: string, named: Named): StripeError => invalid(message, { code: 'payment_intent_unexpected_state', ...named });

/** Documentation pages are named after codes. */
export const docUrl = (code: string): string => `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}`;
