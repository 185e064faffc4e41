/** What a test card does, by its number. */
export interface CardBehaviour {
  readonly brand: string;
  readonly country: string;
  readonly funding: string;
  /** Refused when it is charged. */
  readonly decline?: Decline;
  /** Refused when it is attached as well. */
  readonly declineOnAttach?: boolean;
  /** `always`; `until_set_up`: whenever the customer is there, and off session until a set-up has succeeded; `on_session`: set up already; `required`: whenever the customer is there; `if_asked`: when the shop wants it. */
  readonly authenticate?: 'always' | 'until_set_up' | 'on_session' | 'required' | 'if_asked';
  readonly disputed?: { readonly reason: string; readonly inquiry: boolean; readonly networkCode: string | null; /** Two disputes, of a half each. */ readonly twice?: true; /** What more may be said against it, as of its network's rules. */ readonly enhanced?: 'visa_compelling_evidence_3' | 'visa_compliance' | 'mastercard_compliance' };
  readonly fraudWarning?: boolean;
  readonly refund?: 'fails_later' | 'pending';
  readonly available?: 'at_once';
  readonly risk?: 'elevated' | 'highest';
  readonly cvcCheck?: 'fail';
  /** What the bank says of the first line of the address and of the postal code; both are right where nothing is said. */
  readonly address?: { readonly line1: AddressCheck; readonly postal: AddressCheck };
}

type AddressCheck = 'pass' | 'fail' | 'unavailable';

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
const mastercard = { ...visa, brand: 'mastercard' } as const;
const debit = { ...visa, funding: 'debit' } as const;
const mastercardDebit = { ...mastercard, funding: 'debit' } as const;
const checked = (line1: AddressCheck, postal: AddressCheck): CardBehaviour => ({ ...visa, address: { line1, postal } });

/** A card of Visa's from each country that has one of its own. */
const abroad = [
  'ae4000007840000001 ar4000000320000021 at4000000400000008 au4000000360000006 be4000000560000004 bg4000001000000000 br4000000760000002 by4000001120000005 ca4000001240000000 ch4000007560000009',
  'cl4000001520000001 cn4000001560000002 co4000001700000003 cr4000001880000005 cy4000001960000008 cz4000002030000002 de4000002760000016 dk4000002080000001 ec4000002180000000 ee4000002330000009',
  'es4000007240000007 fi4000002460000001 fr4000002500000003 gb4000008260000000 gi4000002920000005 gr4000003000000030 hk4000003440000004 hr4000001910000009 hu4000003480000005 ie4000003720000005',
  'in4000003560000008 it4000003800000008 jp4000003920000003 li4000004380000004 lt4000004400000000 lu4000004420000006 lv4000004280000005 mt4000004700000007 mx4000004840008001 my4000004580000002',
  'nl4000005280000002 no4000005780000007 nz4000005540000008 pa4000005910000000 pe4000006040000068 pl4000006160000005 pt4000006200000007 py4000006000000066 ro4000006420000001 sa4000006820000007',
  'se4000007520000008 sg4000007020000003 si4000007050000006 sk4000007030000001 th4000007640000003 tw4000001580000008 uy4000008580000003',
].flatMap((line) => line.split(' ')).map((one) => [one.slice(0, 2), one.slice(2)] as const);

interface TestCard extends CardBehaviour {
  readonly number: string;
  /** What comes after `pm_card_`; the ones of a token `tok_` are the same. */
  readonly names: readonly string[];
}

const card = (number: string, names: string, behaviour: CardBehaviour = visa): TestCard => ({ number, names: names === '' ? [] : names.split(' '), ...behaviour });

const cards: readonly TestCard[] = [
  card('4242424242424242', 'visa us'),
  card('4000056655665556', 'visa_debit', debit),
  card('5555555555554444', 'mastercard', mastercard),
  card('5200828282828210', 'mastercard_debit', mastercardDebit),
  card('5105105105105100', 'mastercard_prepaid', { ...mastercard, funding: 'prepaid' }),
  card('378282246310005', 'amex amex_threeDSecureNotSupported', { ...visa, brand: 'amex' }),
  card('6011111111111117', 'discover', { ...visa, brand: 'discover' }),
  card('6011981111111113', 'discover_debit', { ...debit, brand: 'discover' }),
  card('3056930009020004', 'diners', { ...visa, brand: 'diners' }),
  card('36227206271667', '', { ...visa, brand: 'diners' }),
  card('3566002020360505', 'jcb', { ...visa, brand: 'jcb', country: 'JP' }),
  card('3530111333300000', '', { ...visa, brand: 'jcb', country: 'JP' }),
  card('6200000000000005', 'unionpay', { ...visa, brand: 'unionpay', country: 'CN' }),
  card('6200000000000047', 'unionpay_debit', { ...debit, brand: 'unionpay', country: 'CN' }),
  card('4000058260000005', 'gb_debit', { ...debit, country: 'GB' }),
  card('5555558265554449', 'gb_mastercard', { ...mastercard, country: 'GB' }),
  card('4000002500001001', 'visa_cartesBancaires', { ...visa, country: 'FR' }),
  card('5555552500001001', 'mastercard_cartesBancaires', { ...mastercard, country: 'FR' }),
  card('4000050360000001', 'visa_debit_eftposAuCoBranded', { ...debit, country: 'AU' }),
  card('5555050360000080', 'mastercard_debit_eftposAuCoBranded', { ...mastercardDebit, country: 'AU' }),
  card('4000051230000072', 'debit_visaFsaProductCode debit_visaHsaProductCode', debit),
  card('5200828282828897', 'mastercard_debit_mastercardFsaProductCode', mastercardDebit),
  card('5200007840000022', 'ae_mastercard', { ...mastercard, country: 'AE' }),
  card('4000057640000008', 'th_debit', { ...debit, country: 'TH' }),
  ...abroad.map(([country, number]) => card(number, country === 'th' ? 'th th_credit' : country, { ...visa, country: country.toUpperCase() })),

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
  card('4000000000003220', 'threeDSecure2Required', { ...visa, country: 'IE', authenticate: 'required' }),
  card('4000008400000027', '', { ...visa, authenticate: 'required' }),
  card('4000000000003063', 'threeDSecureRequired', { ...visa, authenticate: 'required' }),
  card('4000008400001629', 'threeDSecureRequiredChargeDeclined', { ...visa, authenticate: 'required', decline: declined('generic_decline') }),
  card('4000008400001280', 'threeDSecureRequiredProcessingError', { ...visa, decline: { code: 'card_declined', decline_code: 'authentication_not_handled', message: 'Your card was declined. 3D Secure could not be processed.' } }),
  card('4000000000003055', 'threeDSecureOptional', { ...visa, authenticate: 'if_asked' }),
  card('4000000000003097', 'threeDSecureOptionalProcessingError'),

  card('4000000000000259', 'createDispute', { ...visa, disputed: { reason: 'fraudulent', inquiry: false, networkCode: '10.4' } }),
  card('4000000404000079', 'createMultipleDisputes', { ...visa, disputed: { reason: 'fraudulent', inquiry: false, networkCode: '10.4', twice: true } }),
  card('4000000404000038', 'createCe3EligibleDispute', { ...visa, disputed: { reason: 'fraudulent', inquiry: false, networkCode: '10.4', enhanced: 'visa_compelling_evidence_3' } }),
  card('4000000001000043', 'createAutoRepresentmentEligibleDispute', { ...visa, disputed: { reason: 'fraudulent', inquiry: false, networkCode: '10.4' } }),
  card('4000008400000779', 'createComplianceDispute', { ...visa, disputed: { reason: 'noncompliant', inquiry: false, networkCode: null, enhanced: 'visa_compliance' } }),
  card('5105008400000002', 'createMastercardComplianceDispute', { ...mastercard, disputed: { reason: 'noncompliant', inquiry: false, networkCode: null, enhanced: 'mastercard_compliance' } }),
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
  card('4000000000000010', 'avsFail', checked('fail', 'fail')),
  card('4000000000000028', 'avsLine1Fail', checked('fail', 'pass')),
  card('4000000000000036', 'avsZipFail', checked('pass', 'fail')),
  card('4000000000000044', 'avsUnchecked', checked('unavailable', 'unavailable')),
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
  if (/^3(?:0|6|8)/u.test(number)) return 'diners';
  if (/^35/u.test(number)) return 'jcb';
  if (/^62/u.test(number)) return 'unionpay';
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
