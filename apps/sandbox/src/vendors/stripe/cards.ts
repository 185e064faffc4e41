/** What a test card does, by its number. */
export interface CardBehaviour {
  readonly brand: string;
  readonly country: string;
  readonly funding: string;
  /** Refused when it is charged. */
  readonly decline?: Decline;
  /** Refused when it is attached as well. */
  readonly declineOnAttach?: boolean;
  /** `always`; `until_set_up`: not off session once a set-up has succeeded; `on_session`: set up already; `required`: whenever the customer is there; `if_asked`: when the shop wants it. */
  readonly authenticate?: 'always' | 'until_set_up' | 'on_session' | 'required' | 'if_asked';
  readonly disputed?: { readonly reason: string; readonly inquiry: boolean; readonly networkCode: string };
  readonly fraudWarning?: boolean;
  readonly refund?: 'fails_later' | 'pending';
  readonly available?: 'at_once';
  readonly risk?: 'elevated' | 'highest';
  readonly cvcCheck?: 'fail';
}

export interface Decline {
  readonly code: string;
  readonly decline_code: string | null;
  readonly message: string;
  /** Stopped by Radar, never asked of the bank. */
  readonly blocked?: boolean;
}

const declined = (decline_code: string): Decline => ({ code: 'card_declined', decline_code, message: messages[decline_code] ?? 'Your card was declined.' });

const messages: Readonly<Record<string, string>> = {
  insufficient_funds: 'Your card has insufficient funds.',
  card_velocity_exceeded: 'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
};

const visa = { brand: 'visa', country: 'US', funding: 'credit' } as const;
const abroad = (country: string): CardBehaviour => ({ ...visa, country });

interface TestCard extends CardBehaviour {
  readonly number: string;
  /** What comes after `pm_card_`; the ones of a token `tok_` are the same. */
  readonly names: readonly string[];
}

const card = (number: string, names: string, behaviour: CardBehaviour = visa): TestCard => ({ number, names: names === '' ? [] : names.split(' '), ...behaviour });

const cards: readonly TestCard[] = [
  card('4242424242424242', 'visa us'),
  card('4000056655665556', 'visa_debit', { ...visa, funding: 'debit' }),
  card('5555555555554444', 'mastercard', { ...visa, brand: 'mastercard' }),
  card('5200828282828210', 'mastercard_debit', { ...visa, brand: 'mastercard', funding: 'debit' }),
  card('5105105105105100', 'mastercard_prepaid', { ...visa, brand: 'mastercard', funding: 'prepaid' }),
  card('2223003122003222', '', { ...visa, brand: 'mastercard' }),
  card('378282246310005', 'amex', { ...visa, brand: 'amex' }),
  card('371449635398431', '', { ...visa, brand: 'amex' }),
  card('6011111111111117', 'discover', { ...visa, brand: 'discover' }),
  card('6011000990139424', '', { ...visa, brand: 'discover' }),
  card('3056930009020004', 'diners', { ...visa, brand: 'diners' }),
  card('3566002020360505', 'jcb', { ...visa, brand: 'jcb', country: 'JP' }),
  card('6200000000000005', 'unionpay', { ...visa, brand: 'unionpay', country: 'CN' }),
  card('4000000400000008', 'at', abroad('AT')),
  card('4000002760000016', 'de', abroad('DE')),
  card('4000003800000008', 'it', abroad('IT')),
  card('4000002500000003', 'fr', abroad('FR')),
  card('4000008260000000', 'gb', abroad('GB')),
  card('4000007240000007', 'es', abroad('ES')),
  card('4000006160000005', 'pl', abroad('PL')),
  card('4000005280000002', 'nl', abroad('NL')),
  card('4000007560000009', 'ch', abroad('CH')),
  card('4000001240000000', 'ca', abroad('CA')),
  card('4000004840008001', 'mx', abroad('MX')),

  card('4000000000000002', 'chargeDeclined', { ...visa, decline: declined('generic_decline'), declineOnAttach: true }),
  card('4000000000009995', 'chargeDeclinedInsufficientFunds', { ...visa, decline: declined('insufficient_funds'), declineOnAttach: true }),
  card('4000000000009987', 'chargeDeclinedLostCard', { ...visa, decline: declined('lost_card'), declineOnAttach: true }),
  card('4000000000009979', 'chargeDeclinedStolenCard', { ...visa, decline: declined('stolen_card'), declineOnAttach: true }),
  card('4000000000000069', 'chargeDeclinedExpiredCard', { ...visa, decline: { code: 'expired_card', decline_code: 'expired_card', message: 'Your card has expired.' }, declineOnAttach: true }),
  card('4000000000000127', 'chargeDeclinedIncorrectCvc', { ...visa, decline: { code: 'incorrect_cvc', decline_code: 'incorrect_cvc', message: "Your card's security code is incorrect." }, declineOnAttach: true }),
  card('4000000000000119', 'chargeDeclinedProcessingError', { ...visa, decline: { code: 'processing_error', decline_code: 'processing_error', message: 'An error occurred while processing your card. Try again in a little bit.' }, declineOnAttach: true }),
  card('4000000000006975', 'chargeDeclinedVelocityLimitExceeded', { ...visa, decline: declined('card_velocity_exceeded'), declineOnAttach: true }),
  card('4100000000000019', 'chargeDeclinedFraudulent radarBlock', { ...visa, risk: 'highest', decline: { ...declined('fraudulent'), blocked: true } }),
  card('4000000000000341', 'chargeCustomerFail', { ...visa, decline: declined('generic_decline') }),

  card('4000002500003155', 'authenticationRequiredOnSetup', { ...visa, country: 'FR', authenticate: 'until_set_up' }),
  card('4000002760003184', 'authenticationRequired', { ...visa, country: 'DE', authenticate: 'always' }),
  card('4000003800000446', 'authenticationRequiredSetupForOffSession', { ...visa, country: 'IT', authenticate: 'on_session' }),
  card('4000008260003178', 'authenticationRequiredChargeDeclinedInsufficientFunds', { ...visa, country: 'GB', authenticate: 'always', decline: declined('insufficient_funds') }),
  card('4000000000003220', 'threeDSecure2Required', { ...visa, authenticate: 'required' }),
  card('4000000000003063', 'threeDSecureRequired', { ...visa, authenticate: 'required' }),
  card('4000008400001629', 'threeDSecureRequiredChargeDeclined', { ...visa, authenticate: 'required', decline: declined('generic_decline') }),
  card('4000008400001280', 'threeDSecureRequiredProcessingError', { ...visa, decline: { code: 'card_declined', decline_code: 'authentication_not_handled', message: 'Your card was declined. 3D Secure could not be processed.' } }),
  card('4000000000003055', 'threeDSecureOptional', { ...visa, authenticate: 'if_asked' }),
  card('4000000000003097', 'threeDSecureOptionalProcessingError'),

  card('4000000000000259', 'createDispute', { ...visa, disputed: { reason: 'fraudulent', inquiry: false, networkCode: '10.4' } }),
  card('4000000404000079', 'createMultipleDisputes', { ...visa, disputed: { reason: 'fraudulent', inquiry: false, networkCode: '10.4' } }),
  card('4000000000002685', 'createDisputeProductNotReceived', { ...visa, disputed: { reason: 'product_not_received', inquiry: false, networkCode: '13.1' } }),
  card('4000000000001976', 'createDisputeInquiry', { ...visa, disputed: { reason: 'fraudulent', inquiry: true, networkCode: '10.4' } }),
  card('4000000000005423', 'createIssuerFraudRecord', { ...visa, fraudWarning: true }),
  card('4000000000005126', 'refundFail', { ...visa, refund: 'fails_later' }),
  card('4000000000007726', 'pendingRefund', { ...visa, refund: 'pending' }),
  card('4000000000000077', 'bypassPending', { ...visa, available: 'at_once' }),
  card('4000003720000278', 'bypassPendingInternational', { ...visa, country: 'IE', available: 'at_once' }),
  card('4000000000009235', 'riskLevelElevated', { ...visa, risk: 'elevated' }),
  card('4000000000004954', 'riskLevelHighest', { ...visa, risk: 'highest', decline: { ...declined('fraudulent'), blocked: true } }),
  card('4000000000000101', 'cvcCheckFail', { ...visa, cvcCheck: 'fail' }),
];

const byNumber = new Map(cards.map((one) => [one.number, one]));
const byName = new Map(cards.flatMap((one) => one.names.map((name) => [name, one] as const)));

/** The card behind `pm_card_visa` or `tok_visa`. */
export const numberOfToken = (token: string): string | undefined => {
  const name = token.replace(/^(?:pm_card_|tok_)/u, '');
  // Some are called both with the brand before and without.
  return (byName.get(name) ?? byName.get(name.replace(/^visa_/u, '')))?.number;
};

/** What a number that is in no table does is what 4242… does. */
export const behaviourOf = (number: string): CardBehaviour => byNumber.get(number) ?? { ...visa, brand: brandOf(number) };

const brandOf = (number: string): string => {
  if (/^3[47]/u.test(number)) return 'amex';
  if (/^(?:5[1-5]|2[2-7])/u.test(number)) return 'mastercard';
  if (/^6(?:011|5)/u.test(number)) return 'discover';
  return 'visa';
};

/** The check digit of Luhn, as every card number ends with. */
export function isCardNumber(number: string): boolean {
  if (!/^\d{12,19}$/u.test(number)) return false;
  let sum = 0;
  [...number].reverse().forEach((digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}
