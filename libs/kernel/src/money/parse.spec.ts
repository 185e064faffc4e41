import fc from 'fast-check';
import { type CurrencyCode, Money, type MoneyParseCode } from '../index';

const read = (text: string, currency?: CurrencyCode, locale?: string): string => {
  const parsed = Money.parse(text, currency, locale);
  return parsed.ok ? parsed.value.toString() : parsed.error.code;
};

describe('Money.parse', () => {
  it.each<[string, string | undefined, string]>([
    ['$1,234.50', 'en-US', '1234.50 USD'],
    ['US$ 1,234', 'en-US', '1234.00 USD'],
    ['USD 12', 'en-GB', '12.00 USD'],
    ['£18,990', 'en-GB', '18990.00 GBP'],
    ['18.990,00 €', 'de-DE', '18990.00 EUR'],
    ['18.990 €', 'de-DE', '18990.00 EUR'],
    ['18990,5 EUR', 'de-DE', '18990.50 EUR'],
    ['1.250,– €', 'de-DE', '1250.00 EUR'],
    ['€ 1.250,-', 'de-AT', '1250.00 EUR'],
    ["CHF 1'250.-", 'de-CH', '1250.00 CHF'],
    ['Fr. 1’250.–', 'de-CH', '1250.00 CHF'],
    ['CHF 9.95', 'de-CH', '9.95 CHF'],
    ['€ 12.500,00', 'it-IT', '12500.00 EUR'],
    ['12 500,00\u00a0€', 'fr-FR', '12500.00 EUR'],
    ['12\u202f500 €', 'fr-FR', '12500.00 EUR'],
    ['1 250 000 Kč', 'cs-CZ', '1250000.00 CZK'],
    ['¥1,899,000', 'ja-JP', '1899000 JPY'],
    ['199.000 kr.', 'da-DK', '199000.00 DKK'],
    ['1,234.567 KWD', 'en-US', '1234.567 KWD'],
    ['-12,50 €', 'de-DE', '-12.50 EUR'],
    ['−12,50 €', 'sv-SE', '-12.50 EUR'],
    ['($12.50)', 'en-US', '-12.50 USD'],
    ['12,50- €', 'de-DE', '-12.50 EUR'],
    ['\u200e€5', 'en-US', '5.00 EUR'],
    ['1234.56 EUR', undefined, '1234.56 EUR'],
    ['1,234,567 EUR', undefined, '1234567.00 EUR'],
    ['1.234,50 EUR', undefined, '1234.50 EUR'],
    ['1250 EUR', undefined, '1250.00 EUR'],
  ])('reads %j in %s as %s', (text, locale, expected) => {
    expect(read(text, undefined, locale)).toBe(expected);
  });

  it.each<[string, CurrencyCode | undefined, string | undefined, MoneyParseCode]>([
    ['1.234', 'EUR', undefined, 'money_ambiguous'],
    ['1,234', 'EUR', undefined, 'money_ambiguous'],
    ['1.250', 'EUR', 'en-US', 'money_ambiguous'],
    ['1.2345', 'EUR', 'en-US', 'money_too_precise'],
    ['1234.567', 'EUR', 'en-US', 'money_too_precise'],
    ['12.50', 'EUR', 'de-DE', 'money_unreadable'],
    ['12,50', 'EUR', 'en-US', 'money_unreadable'],
    ['1,23,456', 'EUR', 'en-US', 'money_unreadable'],
    ['0,500', 'EUR', 'en-US', 'money_unreadable'],
    ['1.234,567.00', 'EUR', 'en-US', 'money_unreadable'],
    ['$5', undefined, 'de-DE', 'money_ambiguous'],
    ['5 kr', undefined, undefined, 'money_ambiguous'],
    ['¥5', undefined, 'en-US', 'money_ambiguous'],
    ['5', undefined, 'en-US', 'money_currency_missing'],
    ['€5', 'USD', 'en-US', 'money_currency_mismatch'],
    ['€5 EUR', undefined, 'en-US', 'money_unreadable'],
    ['12,000 miles', 'USD', 'en-US', 'money_unreadable'],
    ['10–20 €', 'EUR', 'de-DE', 'money_unreadable'],
    ['--5', 'EUR', 'en-US', 'money_unreadable'],
    ['-5-', 'EUR', 'en-US', 'money_unreadable'],
    ['(5', 'EUR', 'en-US', 'money_unreadable'],
    ['(-5)', 'EUR', 'en-US', 'money_unreadable'],
    ['.50', 'EUR', 'en-US', 'money_unreadable'],
    ['', 'EUR', 'en-US', 'money_unreadable'],
    ['free', 'EUR', 'en-US', 'money_unreadable'],
    ['1e5', 'EUR', 'en-US', 'money_unreadable'],
    ['١٢', 'EUR', 'en-US', 'money_unreadable'],
    ['99999999999999999', 'EUR', 'en-US', 'money_too_large'],
    ['5', 'EUR', 'tlh', 'money_locale_unknown'],
    ['1'.repeat(65), 'EUR', 'en-US', 'money_unreadable'],
    ['5 constructor', undefined, 'en-US', 'money_unreadable'],
  ])('refuses %j (%s, %s) with %s', (text, currency, locale, code) => {
    expect(read(text, currency, locale)).toBe(code);
  });

  it('takes a shared sign for what the caller expects', () => {
    expect(read('$5.00', 'CAD', 'en-CA')).toBe('5.00 CAD');
    expect(read('$5.00', undefined, 'en-CA')).toBe('5.00 CAD');
    expect(read('5 kr', undefined, 'sv-SE')).toBe('5.00 SEK');
  });

  it('reads back whatever it formats, in every place and currency of the trade', () => {
    const locale = fc.constantFrom('en-US', 'en-GB', 'de-DE', 'de-AT', 'de-CH', 'it-IT', 'it-CH', 'fr-FR', 'fr-CH', 'es-ES', 'nl-NL', 'sv-SE', 'nb-NO', 'pl-PL', 'cs-CZ', 'pt-PT', 'da-DK');
    const currency = fc.constantFrom<CurrencyCode>('EUR', 'CHF', 'GBP', 'USD', 'JPY', 'KWD', 'PLN', 'CZK');
    const amount = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
    fc.assert(fc.property(amount, currency, locale, fc.constantFrom('symbol', 'code', 'none'), (minor, code, place, shown) => {
      const money = Money.of(minor, code);
      expect(Money.parse(money.format(place, { currency: shown }), code, place)).toEqual({ ok: true, value: money });
    }), { numRuns: 500 });
  });

  it('answers every text, however hostile, with an amount or a refusal', () => {
    const text = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.stringMatching(/^[-+(]?[€$]?[0-9., '’]{0,40}[)-]?$/));
    fc.assert(fc.property(text, fc.constantFrom('en-US', 'de-DE', 'de-CH', undefined), (input, place) => {
      const parsed = Money.parse(input, 'EUR', place);
      if (parsed.ok) expect(Number.isSafeInteger(parsed.value.amount)).toBe(true);
      else expect(parsed.error.code).toMatch(/^money_/);
    }), { numRuns: 1_000 });
  });
});
