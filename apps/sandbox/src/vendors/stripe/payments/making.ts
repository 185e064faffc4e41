import type { Account } from '../account';
import { invalid } from '../core/errors';
import type { Shipping } from '../core/contacts';
import type { RawHash } from '../core/form';
import type { CaptureMethod, PaymentIntent, PaymentMethod } from '../objects';
import { methodNamed } from './methods';
import { orNull, type TypesGiven } from './types';

export interface NewIntent {
  readonly amount: number;
  readonly currency: string;
  readonly captureMethod?: CaptureMethod | undefined;
  readonly customer?: string | undefined;
  readonly description?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  readonly types: readonly string[];
  readonly typesGiven?: TypesGiven | undefined;
  readonly methodOptions?: RawHash | undefined;
  readonly automatic?: PaymentIntent['automatic_payment_methods'];
  readonly setupFutureUsage?: string | null | undefined;
  readonly receiptEmail?: string | null | undefined;
  readonly shipping?: Shipping | null | undefined;
  readonly statementDescriptor?: string | undefined;
  readonly statementSuffix?: string | undefined;
  readonly transferGroup?: string | undefined;
  readonly byHand?: boolean | undefined;
  readonly session?: string | undefined;
}

/** Not kept and not told of. */
export function draftIntent(account: Account, given: NewIntent): PaymentIntent {
  const id = account.id('pi');
  return {
    id,
    object: 'payment_intent',
    created: account.now(),
    allowed_payment_method_types: orNull(given.typesGiven?.allowed_payment_method_types),
    amount: given.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: given.automatic ?? null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.captureMethod ?? 'automatic_async',
    client_secret: account.id(`${id}_secret`, 25),
    confirmation_method: given.byHand === true ? 'manual' : 'automatic',
    currency: given.currency,
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: orNull(given.typesGiven?.excluded_payment_method_types),
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' } as never, ...given.methodOptions },
    payment_method_types: given.types,
    payment_record: null,
    processing: null,
    receipt_email: given.receiptEmail ?? null,
    review: null,
    setup_future_usage: given.setupFutureUsage ?? null,
    shipping: given.shipping ?? null,
    source: null,
    statement_descriptor: given.statementDescriptor ?? null,
    statement_descriptor_suffix: given.statementSuffix ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: given.transferGroup ?? null,
    _returnUrl: null,
    _offSession: false,
    _authenticated: null,
    _funded: 0,
    _session: given.session ?? null,
  };
}

export function makeIntent(account: Account, given: NewIntent): PaymentIntent {
  const intent = account.intents.put(draftIntent(account, given));
  account.emit('payment_intent.created', intent);
  return intent;
}

export function fittingType(method: PaymentMethod, intent: Pick<PaymentIntent, 'payment_method_types'>): PaymentMethod {
  if (intent.payment_method_types.includes(method.type)) return method;
  throw invalid(`The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: ${intent.payment_method_types.join(', ')}.`, { code: 'payment_intent_incompatible_payment_method', param: 'payment_method' });
}

/** A method that this payment may be made with. */
export function fitting(account: Account, intent: Pick<PaymentIntent, 'customer' | 'payment_method_types'>, id: string): PaymentMethod {
  const method = fittingType(methodNamed(account, id), intent);
  if (method.customer !== null && method.customer !== intent.customer) {
    throw invalid(intent.customer === null ? 'The provided PaymentMethod is attached to a Customer. You must also provide the Customer ID when using it.' : `The provided PaymentMethod cannot be attached. The customer ${intent.customer} does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`, { param: 'payment_method' });
  }
  if (method._spent && method.customer === null) throw invalid('The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.', { param: 'payment_method' });
  return method;
}
