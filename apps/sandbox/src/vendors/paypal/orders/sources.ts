import type { Account } from '../account';
import type { Hash, Reading } from '../core/reading';
import type { Experience, Funding, Order } from '../objects';

/** The one buyer of the sandbox, whoever an order names. */
export const buyer = {
  payer_id: 'S4NDB0XBUYER1',
  email_address: 'sb-buyer@personal.example.com',
  name: { given_name: 'John', surname: 'Doe' },
  address: { address_line_1: '1 Main St', admin_area_2: 'San Jose', admin_area_1: 'CA', postal_code: '95131', country_code: 'US' },
} as const;

export const plainExperience: Experience = { return_url: null, cancel_url: null, brand_name: null, pay_now: false, shipping: 'GET_FROM_FILE' };

/** From `application_context` of old and `experience_context` of today; what is not given stays. */
export function readExperience(reading: Reading, given: Hash | null, field: string, before: Experience): Experience {
  if (given === null) return before;
  const action = reading.choice(given['user_action'], `${field}/user_action`, ['CONTINUE', 'PAY_NOW']);
  return {
    return_url: reading.url(given['return_url'], `${field}/return_url`) ?? before.return_url,
    cancel_url: reading.url(given['cancel_url'], `${field}/cancel_url`) ?? before.cancel_url,
    brand_name: reading.text(given['brand_name'], `${field}/brand_name`, { max: 127 }) ?? before.brand_name,
    pay_now: action === null ? before.pay_now : action === 'PAY_NOW',
    shipping: reading.choice(given['shipping_preference'], `${field}/shipping_preference`, ['GET_FROM_FILE', 'NO_SHIPPING', 'SET_PROVIDED_ADDRESS']) ?? before.shipping,
  };
}

export interface Source {
  readonly kind: 'paypal' | 'card';
  readonly experience: Experience;
  readonly shown: Hash;
  readonly funding: Funding;
  /** What is known of the payer by it. */
  readonly payer: Hash | null;
}

const brandOf = (number: string): string => (number.startsWith('4') ? 'VISA' : /^(?:5|2[2-7])/u.test(number) ? 'MASTERCARD' : /^3[47]/u.test(number) ? 'AMEX' : number.startsWith('6') ? 'DISCOVER' : 'UNKNOWN');

const checksOut = (number: string): boolean => {
  let sum = 0;
  [...number].reverse().forEach((digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
};

function readCard(account: Account, reading: Reading, card: Hash, before: Experience): Source {
  const at = '/payment_source/card';
  const number = reading.text(card['number'], `${at}/number`, { min: 13, max: 19, needed: true });
  const expiry = reading.text(card['expiry'], `${at}/expiry`, { min: 7, max: 7, needed: true });
  const name = reading.text(card['name'], `${at}/name`, { max: 300 });
  const code = reading.text(card['security_code'], `${at}/security_code`, { min: 3, max: 4 });
  if (number !== null && (!/^\d+$/u.test(number) || !checksOut(number))) reading.wrong('INVALID_PARAMETER_VALUE', `${at}/number`);
  if (expiry !== null && !/^\d{4}-(?:0[1-9]|1[0-2])$/u.test(expiry)) reading.wrong('INVALID_PARAMETER_SYNTAX', `${at}/expiry`, expiry);
  else if (expiry !== null && expiry < new Date(account.now() * 1_000).toISOString().slice(0, 7)) reading.wrong('CARD_EXPIRED', `${at}/expiry`, expiry);
  if (code !== null && number !== null && code.length !== (brandOf(number) === 'AMEX' ? 4 : 3)) reading.wrong('INVALID_SECURITY_CODE_LENGTH', `${at}/security_code`);
  const experience = readExperience(reading, reading.hash(card['experience_context'], `${at}/experience_context`), `${at}/experience_context`, before);
  return {
    kind: 'card',
    experience,
    shown: { card: { ...(name === null ? {} : { name }), last_digits: number?.slice(-4) ?? '', expiry, brand: brandOf(number ?? ''), type: 'CREDIT', available_networks: [brandOf(number ?? '')] } },
    // The sandbox's cards are refused by the name on them.
    funding: /^CCREJECT-/u.test(name ?? '') ? 'card_refused' : 'card',
    payer: null,
  };
}

/** What an order is to be paid with; null when nothing is said. */
export function readSource(account: Account, reading: Reading, value: unknown, before: Experience): Source | null {
  const given = reading.hash(value, '/payment_source');
  if (given === null) return null;
  const kinds = Object.keys(given);
  if (kinds.length !== 1) {
    reading.wrong(kinds.length === 0 ? 'NO_PAYMENT_SOURCE_PROVIDED' : 'INVALID_PARAMETER_VALUE', '/payment_source');
    return null;
  }
  const card = reading.hash(given['card'], '/payment_source/card');
  if (card !== null) return readCard(account, reading, card, before);
  const wallet = reading.hash(given['paypal'], '/payment_source/paypal');
  if (wallet === null) {
    reading.wrong('NOT_SUPPORTED', `/payment_source/${kinds[0] ?? ''}`);
    return null;
  }
  const at = '/payment_source/paypal';
  const email = reading.text(wallet['email_address'], `${at}/email_address`, { max: 254 });
  const name = reading.hash(wallet['name'], `${at}/name`);
  const shown = { ...(email === null ? {} : { email_address: email }), ...(name === null ? {} : { name }) };
  return { kind: 'paypal', experience: readExperience(reading, reading.hash(wallet['experience_context'], `${at}/experience_context`), `${at}/experience_context`, before), shown: { paypal: shown }, funding: 'balance', payer: Object.keys(shown).length === 0 ? null : shown };
}

/** Who pays, once it is known: what was said beforehand goes over what the buyer's account says. */
export function payerOf(order: Order): Hash {
  const { address, ...person } = buyer;
  return { ...person, ...order.payer, address: { country_code: address.country_code } };
}

export function walletOf(order: Order): Hash {
  const { payer_id: id, ...person } = payerOf(order);
  return { paypal: { ...person, account_id: id, account_status: 'VERIFIED' } };
}
