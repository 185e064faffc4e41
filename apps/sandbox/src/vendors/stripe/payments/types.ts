import { invalid } from '../core/errors';
import { list, text, type Reader } from '../core/params';
import type { CaptureMethod, MethodType } from '../objects';

export const methodTypes: readonly MethodType[] = ['card', 'customer_balance', 'sepa_debit'];

/** Where bank transfers reach an account. */
export const transferable = new Set(['eur', 'gbp', 'usd']);

/** A list by name, as it was written before `allowed_payment_method_types`: what is not there is refused. */
export const listedTypes: Reader<readonly string[]> = (raw, name) => {
  const given = list(text())(raw, name);
  const odd = given.find((one) => !methodTypes.some((known) => known === one));
  if (odd !== undefined) throw invalid(`The payment method type "${odd}" is invalid. Please ensure the provided type is activated in your dashboard (https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features that you are trying to use.`, { code: 'payment_intent_invalid_parameter', param: 'payment_method_types' });
  return given;
};

/** Any kind that there is anywhere: what does not fit is left out, and not refused. */
export const anyTypes: Reader<readonly string[]> = (raw, name) => list(text())(raw, name);

export const typeParams = { allowed_payment_method_types: anyTypes, excluded_payment_method_types: anyTypes, payment_method_types: listedTypes } as const;

export interface TypesGiven {
  readonly allowed_payment_method_types?: readonly string[] | undefined;
  readonly excluded_payment_method_types?: readonly string[] | undefined;
  readonly payment_method_types?: readonly string[] | undefined;
}

/** What the kinds of methods have to fit. */
export interface Occasion {
  readonly currency: string;
  readonly customer: string | null | undefined;
  readonly capture: CaptureMethod | undefined;
}

const fits = (type: MethodType, { currency, customer, capture }: Occasion): boolean => {
  if (type === 'card') return true;
  if (capture === 'manual') return false;
  return type === 'sepa_debit' ? currency === 'eur' : transferable.has(currency) && customer !== null && customer !== undefined;
};

export const oneWayOnly = (given: TypesGiven, others: Readonly<Record<string, unknown>> = {}): void => {
  const { allowed_payment_method_types, excluded_payment_method_types, payment_method_types } = given;
  const ways = Object.entries({ allowed_payment_method_types, excluded_payment_method_types, payment_method_types }).filter(([, value]) => value !== undefined && value.length > 0).map(([name]) => name);
  const named = Object.entries(others).filter(([, value]) => value !== undefined).map(([name]) => name);
  const clash = [...ways, ...(ways.some((name) => name !== 'excluded_payment_method_types') ? named : [])];
  if (clash.length > 1) throw invalid(`You may only specify one of these parameters: ${clash.join(', ')}.`, { code: 'parameters_exclusive', param: clash[0] ?? '' });
};

/** The kinds that a payment may be made with: those that fit it, less what the caller rules out. */
export function typesFor(given: TypesGiven, occasion: Occasion, offered: readonly MethodType[] = methodTypes): readonly string[] {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded, payment_method_types: listed } = given;
  if (listed !== undefined && listed.length > 0) return listed;
  const wanted = allowed !== undefined && allowed.length > 0;
  const left = (wanted ? methodTypes : offered).filter((type) => fits(type, occasion) && (!wanted || allowed.includes(type)) && excluded?.includes(type) !== true);
  if (left.length > 0) return left;
  throw invalid('No valid payment method types for this Payment Intent. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payment_methods).', { code: 'payment_intent_invalid_parameter', param: wanted ? 'allowed_payment_method_types' : 'excluded_payment_method_types' });
}

/** A list that was not given is told as null. */
export const orNull = (given: readonly string[] | undefined): readonly string[] | null => (given === undefined || given.length === 0 ? null : given);
