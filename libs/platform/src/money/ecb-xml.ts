import { isCurrencyCode, Rational } from '@autobroker/kernel';
import type { Rate } from './rate-table';

export class RatesFormatError extends Error {
  override readonly name = 'RatesFormatError';
}

const maxLength = 4 * 1024 * 1024;
const token = /<\?xml\s[^<>]*\?>|<(?<close>\/)?(?<name>[A-Za-z][\w:.-]*)(?<attributes>(?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/)?>|<!--(?:(?!--)[^])*-->|[^<]+/gy;
const attribute = /([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const dayPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const ratePattern = /^\d{1,9}(?:\.\d{1,10})?$/;

interface Open {
  readonly name: string;
  readonly day: string | undefined;
}

/**
 * Reads the European Central Bank's reference rates (one day, or ninety). Accepts that one shape and nothing more of XML:
 * no document type, no entities, no half-read documents. Currencies that we do not know are left out.
 */
export const parseEcbRates = (xml: string): Rate[] => {
  if (xml.length > maxLength) throw new RatesFormatError('the document is too long');
  const rates: Rate[] = [];
  const seen = new Set<string>();
  const open: Open[] = [];
  let closedRoot = false;
  let position = 0;
  token.lastIndex = 0;
  for (let match = token.exec(xml); match !== null; match = token.exec(xml)) {
    position = token.lastIndex;
    const { close, name, attributes, empty } = match.groups ?? {};
    if (name === undefined) {
      if (open.length === 0 && !match[0].startsWith('<') && match[0].replace(/^\uFEFF/, '').trim() !== '') throw new RatesFormatError('there is text outside of the document');
      continue;
    }
    if (close !== undefined) {
      if (open.pop()?.name !== name) throw new RatesFormatError(`</${name}> closes nothing`);
      closedRoot = open.length === 0;
      continue;
    }
    if (closedRoot) throw new RatesFormatError('there is more than one root');
    if (open.length === 0 && name !== 'gesmes:Envelope') throw new RatesFormatError(`the root is ${name}`);
    const element = readElement(name, attributes ?? '', open);
    if (element.rate !== undefined) {
      const key = `${element.rate.currency} ${element.rate.day}`;
      if (seen.has(key)) throw new RatesFormatError(`there are two rates for ${key}`);
      seen.add(key);
      rates.push(element.rate);
    }
    if (empty === undefined) open.push(element);
  }
  if (position !== xml.length) throw new RatesFormatError(`unreadable at character ${position}`);
  if (!closedRoot) throw new RatesFormatError('the document ends too soon');
  if (rates.length === 0) throw new RatesFormatError('there are no rates');
  return rates;
};

const readElement = (name: string, text: string, open: readonly Open[]): Open & { readonly rate?: Rate } => {
  const day = open.at(-1)?.day;
  if (name !== 'Cube') return { name, day };
  const values = new Map([...text.matchAll(attribute)].map(([, key, double, single]) => [key, double ?? single ?? ''] as const));
  const [time, currency, rate] = [values.get('time'), values.get('currency'), values.get('rate')];
  if (time !== undefined) {
    if (!dayPattern.test(time) || Number.isNaN(Date.parse(time)) || new Date(time).toISOString().slice(0, 10) !== time) throw new RatesFormatError(`${time} is no day`);
    if (day !== undefined) throw new RatesFormatError('a day within a day');
    return { name, day: time };
  }
  if (currency === undefined && rate === undefined) return { name, day };
  if (day === undefined) throw new RatesFormatError('a rate without a day');
  if (!/^[A-Z]{3}$/.test(currency ?? '')) throw new RatesFormatError(`${currency} is no currency`);
  if (!ratePattern.test(rate ?? '') || Number(rate) === 0) throw new RatesFormatError(`${rate} is no rate`);
  if (!isCurrencyCode(currency) || currency === 'EUR') return { name, day };
  return { name, day, rate: { currency, day, rate: Rational.parse(rate ?? '') } };
};
