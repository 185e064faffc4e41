import { invalid } from '../core/errors';
import { text, type Reader } from '../core/params';

const prefix = 'SANDBOX';
const longest = 22;

/** Words for a bank statement, or a part of them. */
export const descriptor: Reader<string> = (raw, name) => {
  const value = text(longest)(raw, name);
  if (/[<>\\'"*]|\p{C}|(?!\p{Script=Latin})\p{L}/u.test(value)) throw invalid(`The value of \`${name}\` has characters that no statement can show: Latin letters, digits and signs other than < > \\ ' " * are.`, { code: 'invalid_characters', param: name });
  if (!/\p{L}/u.test(value)) throw invalid(`The value of \`${name}\` must contain at least one letter.`, { param: name });
  return value;
};

/** What a card's bank prints begins with the account's own words, and cannot be said whole. */
export function notForCards(given: string | undefined, types: readonly string[], param = 'statement_descriptor'): void {
  if (given === undefined || !types.includes('card')) return;
  throw invalid('The statement_descriptor parameter is not supported for the payment_method_type `card`: pass `statement_descriptor_suffix` instead, or leave it out.', { param });
}

export const onStatement = (whole: string | null, suffix: string | null): string => whole ?? (suffix === null ? prefix : `${prefix}* ${suffix}`.slice(0, longest));
