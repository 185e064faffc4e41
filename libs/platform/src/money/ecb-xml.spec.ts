import { parseEcbRates, RatesFormatError } from './ecb-xml';

const document = (cubes: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://example.org/gesmes" xmlns="http://example.org/rates">
  <gesmes:subject>Reference rates</gesmes:subject>
  <gesmes:Sender><gesmes:name>A bank &amp; more</gesmes:name></gesmes:Sender>
  <!-- written for this spec -->
  <Cube>${cubes}</Cube>
</gesmes:Envelope>
`;
const day = (time: string, ...rates: [string, string][]): string =>
  `<Cube time='${time}'>${rates.map(([currency, rate]) => `\n<Cube currency='${currency}' rate="${rate}"/>`).join('')}</Cube>`;

const read = (xml: string): string[] => parseEcbRates(xml).map(({ currency, day: on, rate }) => `${on} ${currency} ${rate.toDecimal(6, 'half-even')}`);

describe('the bank’s XML', () => {
  it('is read for one day and for many', () => {
    expect(read(document(day('2026-11-19', ['USD', '1.1612'], ['JPY', '178.5'])))).toEqual(['2026-11-19 USD 1.161200', '2026-11-19 JPY 178.500000']);
    expect(read(document(day('2026-11-19', ['USD', '1.16']) + day('2026-11-18', ['USD', '1.15'], ['IDR', '19300.25'])))).toEqual([
      '2026-11-19 USD 1.160000',
      '2026-11-18 USD 1.150000',
      '2026-11-18 IDR 19300.250000',
    ]);
  });

  it('may begin with a byte order mark and hold currencies that are not known here', () => {
    expect(read(`\uFEFF${document(day('2026-11-19', ['QQQ', '2'], ['EUR', '1'], ['USD', '1.16']))}`)).toEqual(['2026-11-19 USD 1.160000']);
  });

  const usd = day('2026-11-19', ['USD', '1.16']);
  it.each([
    ['nothing', ''],
    ['a page of HTML', '<html><body>Service unavailable</body></html>'],
    ['no rates', document('')],
    ['half a document', document(usd).slice(0, -30)],
    ['an entity trick', `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>${document(usd)}`],
    ['a second root', document(usd) + document(usd)],
    ['crossed tags', document(usd).replace('</Cube></Cube>', '</Cube></Cub>')],
    ['no day', document(`<Cube currency='USD' rate='1.1'/>`)],
    ['a day within a day', document(`<Cube time='2026-11-19'>${usd}</Cube>`)],
    ['an impossible day', document(day('2026-02-30', ['USD', '1.1']))],
    ['a day in another form', document(day('19.11.2026', ['USD', '1.1']))],
    ['a zero', document(day('2026-11-19', ['USD', '0.000']))],
    ['a negative rate', document(day('2026-11-19', ['USD', '-1.1']))],
    ['a comma', document(day('2026-11-19', ['USD', '1,1']))],
    ['an exponent', document(day('2026-11-19', ['USD', '1e3']))],
    ['not a number', document(day('2026-11-19', ['USD', 'N/A']))],
    ['no rate', document(`<Cube time='2026-11-19'><Cube currency='USD'/></Cube>`)],
    ['a currency in small letters', document(day('2026-11-19', ['usd', '1.1']))],
    ['two rates for one day', document(day('2026-11-19', ['USD', '1.1'], ['USD', '1.2']))],
    ['text after the end', `${document(usd)} and more`],
    ['a broken tag', document(usd).replace('<Cube>', '<Cube <')],
    ['far too much', document(usd + ' '.repeat(5_000_000))],
  ])('is refused when it is %s', (_what, xml) => {
    expect(() => parseEcbRates(xml)).toThrow(RatesFormatError);
  });

  it('is read in time even when it was made to take long', () => {
    const began = performance.now();
    expect(() => parseEcbRates(`<gesmes:Envelope ${'a="b" '.repeat(200_000)}`)).toThrow(RatesFormatError);
    expect(() => parseEcbRates(`<gesmes:Envelope>${'<Cube>'.repeat(200_000)}`)).toThrow(RatesFormatError);
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
