import { type CapturedFields } from '@autobroker/contracts';
import { parsePrice } from '@autobroker/vocabulary';

/** `Current bid: US $5,100`, `Bid to USD $45,000`, and the other way round: `$5,100.00 [12 bids]`. */
const named =
  /(?:(?:current|high(?:est)?|winning|starting|opening|leading) bid|bid to|aktuelles gebot|höchstgebot|startgebot|enchère actuelle|offerta attuale|puja actual)\P{Alphabetic}{0,4}(?:(?:us|usd|eur|gbp)\b)?[^\p{L}\d]{0,4}(\d[\d.,' ]{0,14})|(\d[\d.,']{0,14})[^\p{L}\d]{0,4}(?:(?:usd|eur|gbp)\b)?[^\p{L}\d]{0,4}\d{1,3} (?:bids?|gebote?|enchères?)(?!\p{L})/giu;

/** How many bids there are, beside an amount that is the highest of them. */
export const isBidCount = (text: string): boolean => /^\W{0,3}\d{1,3} (?:bids?|gebote?|enchères?|offerte|pujas)(?!\p{L})/iu.test(text);

const numbers = /\d[\d.,'’\u00a0\u202f ]{0,14}/gu;

/** Money that people are shown for a month, and never without that, is a rate, whatever machines are told. */
export const isRateOnly = (amount: string, text: string): boolean => {
  const found = [...text.matchAll(numbers)];
  const roles = found.flatMap((one, at) => {
    if (digitsOf(one[0]) !== digitsOf(amount)) return [];
    const [before, after] = [found[at - 1], found[at + 1]];
    const from = Math.max(one.index - 30, before === undefined ? 0 : before.index + before[0].length);
    const to = Math.min(one.index + one[0].length + 30, after?.index ?? text.length);
    return [parsePrice(text.slice(from, to)).kind];
  });
  return roles.length > 0 && roles.every((role) => role === 'monthly');
};

const digitsOf = (written: string): string => written.replace(/[.,]\d{1,2}\s*$/u, '').replace(/\D/gu, '');

/** On an auction's page machines are told the highest bid as the price; nobody can have the car for it. */
export const bidsApart = (fields: CapturedFields, text: string): CapturedFields => {
  const { price, currency, ...rest } = fields;
  if (price === undefined || typeof price.value !== 'string') return fields;
  const wanted = digitsOf(price.value);
  for (const [, behind, before] of text.matchAll(named)) {
    if (digitsOf(behind ?? before ?? '') === wanted) return { current_bid: price, ...(currency === undefined ? {} : { currency }), ...rest };
  }
  return fields;
};
