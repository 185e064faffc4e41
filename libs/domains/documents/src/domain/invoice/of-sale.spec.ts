import { dayIn } from '@autobroker/kernel';
import { germanTerms, munich } from '../../testing/sample-papers';
import type { InvoiceFigures, PriceLine } from './figures';
import { type Earlier, figuresOfSale, firstOf, type InvoicedSale, taxedOtherwise } from './of-sale';

/** A broker of Tallinn that sells in its own name: 22 % until the end of June 2025, then 24 %. */
const estonian = { ...germanTerms, capacity: 'commissionaire', sellerKind: 'dealer_vat', broker: { country: 'EE', vatId: 'EE123456789' }, buyer: { country: 'EE', vatId: null }, destination: 'EE' } as const;
const [before, after] = ['2025-06-30T20:59:59.000Z', '2025-06-30T21:00:00.000Z'];

const record = (id: string, kind: Earlier['kind'], at: string, more: Partial<Earlier> = {}): Earlier => ({ id, kind, state: 'issued', number: `N-${id}`, figures: null, numberedAt: new Date(at), plannedAt: new Date(at), replaces: null, context: {}, ...more });
const inside = (amount: number): PriceLine[] => [{ code: 'price', amount, payee: 'broker' }];
const shown = (net: number, vat: number): PriceLine[] => [...inside(net), { code: 'vat', amount: vat, payee: 'authority' }];

function saleOn(day: string, lines: readonly PriceLine[]): InvoicedSale {
  return { terms: { ...estonian, day }, tax: null, price: { currency: 'EUR', deposit: 189_900, lines }, settled: true };
}
/** As the one that writes it goes about it: by the day of the first. */
function write(asked: Pick<Earlier, 'kind' | 'replaces' | 'context'>, at: string, lines: readonly PriceLine[], theirs: readonly Earlier[]) {
  const first = firstOf(asked.replaces ?? asked.context.credits ?? null, theirs);
  return figuresOfSale(asked, saleOn(dayIn((first?.numberedAt ?? new Date(at)).toISOString(), 'Europe/Tallinn'), lines), theirs);
}
function figures(...asked: Parameters<typeof write>): InvoiceFigures {
  const made = write(...asked);
  if (!made.ok) throw new Error(made.error.detail);
  return made.value;
}
const row = ({ taxes, net, tax, rounding, total, due }: InvoiceFigures) => [taxes[0]?.rate, net, tax, rounding, total, due];
const invoice = { kind: 'invoice', replaces: null, context: {} } as const;
const correcting = (id: string) => ({ ...invoice, replaces: id });
const crediting = (id: string) => ({ kind: 'credit_note', replaces: null, context: { credits: id } }) as const;

describe('a correction after the rate of tax has changed', () => {
  const first = record('a', 'invoice', before, { figures: figures(invoice, before, inside(1_899_000), []) });

  it('begins with one of 18,990.00 with 22 % inside: 15,565.57 and 3,424.43; a second later it would be 15,314.52 and 3,675.48', () => {
    expect(first.figures && row(first.figures)).toEqual([2_200, 1_556_557, 342_443, 0, 1_899_000, 0]);
    expect(row(figures(invoice, after, inside(1_899_000), []))).toEqual([2_400, 1_531_452, 367_548, 0, 1_899_000, 0]);
  });

  it('of the same price has the same tax, to the cent', () => {
    expect(figures(correcting('a'), after, inside(1_899_000), [first])).toEqual(first.figures);
  });

  it('up to 19,200.00 has the old rate: 15,737.70, 3,462.29 and the cent that is missing', () => {
    expect(row(figures(correcting('a'), after, inside(1_920_000), [first]))).toEqual([2_200, 1_573_770, 346_229, 1, 1_919_999, 0]);
  });

  it('down to 18,500.01 has the old rate: 15,163.94 and 3,336.07', () => {
    expect(row(figures(correcting('a'), after, inside(1_850_001), [first]))).toEqual([2_200, 1_516_394, 333_607, 0, 1_850_001, 0]);
  });

  it('whose tax was agreed at the old rate stands; at the new one it is the tax of no rate that is due', () => {
    expect(row(figures(correcting('a'), after, shown(1_556_557, 342_443), [first]))).toEqual([2_200, 1_556_557, 342_443, 0, 1_899_000, 0]);
    expect(write(correcting('a'), after, shown(1_531_452, 367_548), [first])).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('of a correction goes by the first of all', () => {
    const second = record('b', 'invoice', after, { replaces: 'a', figures: first.figures });
    const third = record('c', 'invoice', after, { replaces: 'b', figures: first.figures });
    expect(firstOf('c', [first, second, third])).toBe(first);
    expect(row(figures(correcting('c'), after, inside(1_850_001), [first, second, third]))).toEqual([2_200, 1_516_394, 333_607, 0, 1_850_001, 0]);
  });

  it('of what came after the change has the new rate, and refuses the old one', () => {
    const late = record('a', 'invoice', after, { figures: figures(invoice, after, inside(1_899_000), []) });
    expect(row(figures(correcting('a'), after, inside(1_920_000), [late]))).toEqual([2_400, 1_548_387, 371_613, 0, 1_920_000, 0]);
    expect(row(figures(correcting('a'), after, inside(1_850_001), [late]))).toEqual([2_400, 1_491_936, 358_065, 0, 1_850_001, 0]);
    expect(write(correcting('a'), after, shown(1_556_557, 342_443), [late])).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('of a prepayment has its rate, while the invoice of the whole has that of its own day and takes the prepayment off', () => {
    const paid = { kind: 'prepayment_invoice', replaces: null, context: { amount: 189_900 } } as const;
    const early = record('p', 'prepayment_invoice', before, { figures: figures(paid, before, inside(1_899_000), []) });
    expect(early.figures && row(early.figures)).toEqual([2_200, 155_656, 34_244, 0, 189_900, 0]);
    expect(figures({ ...paid, replaces: 'p' }, after, inside(1_899_000), [early])).toEqual(early.figures);
    const whole = figures(invoice, after, inside(1_899_000), [early]);
    expect([whole.taxes[0]?.rate, whole.prepayments]).toEqual([2_400, [{ number: 'N-p', issuedAt: new Date(before).toISOString(), net: 155_656, tax: 34_244, gross: 189_900 }]]);
    // One that was corrected is taken off once, and one that came to nothing not at all.
    const corrected = record('q', 'prepayment_invoice', after, { replaces: 'p', figures: early.figures });
    expect(figures(invoice, after, inside(1_899_000), [early, corrected]).prepayments.map(({ number }) => number)).toEqual(['N-q']);
    expect(figures(invoice, after, inside(1_899_000), [early, { ...corrected, state: 'void' }]).prepayments.map(({ number }) => number)).toEqual(['N-p']);
  });

  it('is taken back as it stands, whatever the rate is by then', () => {
    const second = record('b', 'invoice', after, { replaces: 'a', figures: figures(correcting('a'), after, inside(1_850_001), [first]) });
    const note = figures(crediting('b'), after, inside(1_920_000), [first, second]);
    expect(row(note)).toEqual([2_200, 1_516_394, 333_607, 0, 1_850_001, 1_850_001]);
    expect(firstOf('b', [first, second])).toBe(first);
    expect(write(crediting('b'), after, inside(1), [first, { ...second, state: 'void' }])).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('the first of a line of papers', () => {
  it('is the one itself where it began, and nobody where there is none', () => {
    const one = record('a', 'invoice', before);
    expect([firstOf('a', [one]), firstOf(null, [one]), firstOf('x', [one])]).toEqual([one, null, null]);
  });

  it('is the invoice for a credit note of it that was corrected, and the oldest that is known where one is not', () => {
    const theirs = [record('a', 'invoice', before), record('n', 'credit_note', after, { context: { credits: 'a' } }), record('m', 'credit_note', after, { replaces: 'n' }), record('z', 'invoice', after, { replaces: 'gone' })];
    expect([firstOf('m', theirs)?.id, firstOf('z', theirs)?.id]).toEqual(['a', 'z']);
  });
});

it('the rate of the country where the car goes is that of the day as well, for a broker of another', () => {
  const abroad = saleOn('2025-06-30', shown(1_556_557, 342_443));
  expect(figuresOfSale(invoice, { ...abroad, terms: { ...abroad.terms, broker: { country: 'DE', vatId: munich.vatId } } }, [])).toMatchObject({ ok: true, value: { tax: 342_443 } });
});

describe('a sale whose order says how it is taxed', () => {
  // 19 % until the end of June 2020 in Germany, then 16 %.
  const german = { ...germanTerms, capacity: 'commissionaire', sellerKind: 'dealer_vat' } as const;
  const [june, july] = [{ treatment: 'standard', rate: 1_900 }, { treatment: 'standard', rate: 1_600 }] as const;
  const by = (tax: InvoicedSale['tax'], lines: readonly PriceLine[], day = '2020-07-01'): InvoicedSale => ({ terms: { ...german, day }, tax, price: { currency: 'EUR', deposit: 189_900, lines }, settled: true });
  const made = (...asked: Parameters<typeof figuresOfSale>): InvoiceFigures => {
    const result = figuresOfSale(...asked);
    if (!result.ok) throw new Error(result.error.detail);
    return result.value;
  };

  it('is invoiced by that, whatever its own day says: 15,957.98 and 3,032.02 of the contract of June', () => {
    expect(row(made(invoice, by(june, inside(1_899_000)), []))).toEqual([1_900, 1_595_798, 303_202, 0, 1_899_000, 0]);
    expect(row(made(invoice, by(june, shown(1_595_798, 303_202)), []))).toEqual([1_900, 1_595_798, 303_202, 0, 1_899_000, 0]);
    // By its day it would have been the tax of no rate that is due.
    expect(figuresOfSale(invoice, by(null, shown(1_595_798, 303_202)), [])).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(figuresOfSale(invoice, by(july, shown(1_595_798, 303_202)), [])).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('is put right when it was handed over in July: 16,370.69 and 2,619.31, and the prepayment of June is taken off with its own tax', () => {
    const paid = { kind: 'prepayment_invoice', replaces: null, context: { amount: 189_900 } } as const;
    const early = record('p', 'prepayment_invoice', '2020-06-30T12:00:00.000Z', { figures: made(paid, by(june, inside(1_899_000), '2020-06-30'), []) });
    expect(early.figures && row(early.figures)).toEqual([1_900, 159_580, 30_320, 0, 189_900, 0]);
    const first = record('a', 'invoice', '2020-06-30T12:00:00.000Z', { figures: made(invoice, by(june, inside(1_899_000), '2020-06-30'), [early]) });
    expect(taxedOtherwise(june, [early, first])).toBeNull();
    expect(taxedOtherwise(july, [early, first])).toBe(first);
    const right = made(correcting('a'), by(july, inside(1_899_000), '2020-06-30'), [early, first]);
    expect(row(right)).toEqual([1_600, 1_637_069, 261_931, 0, 1_899_000, 0]);
    expect(right.prepayments).toEqual([{ number: 'N-p', issuedAt: '2020-06-30T12:00:00.000Z', net: 159_580, tax: 30_320, gross: 189_900 }]);
    const corrected = record('b', 'invoice', '2020-07-01T12:00:00.000Z', { replaces: 'a', figures: right });
    expect([taxedOtherwise(july, [early, first, corrected]), taxedOtherwise(july, [first, { ...corrected, state: 'planned', number: null, figures: null }])]).toEqual([null, null]);
    expect(taxedOtherwise(july, [first, { ...corrected, state: 'withdrawn' }])).toBe(first);
    expect(row(made(crediting('b'), by(july, inside(1_899_000)), [early, first, corrected]))).toEqual([1_600, 1_637_069, 261_931, 0, 1_899_000, 1_709_100]);
  });

  it.each([
    ['a business in Italy, with its number', 'IT01234567890', { ok: true, value: { treatment: 'intra_community', tax: 0 } }],
    ['a business in Italy that has lost its number since', null, { ok: false, error: { code: 'conflict' } }],
  ])('and who it is to: %s', (_, vatId, expected) => {
    const terms = { ...german, buyerKind: 'business', destination: 'IT', day: '2026-11-20', buyer: { country: 'IT', vatId } } as const;
    expect(figuresOfSale(invoice, { ...by({ treatment: 'intra_community', rate: 0 }, inside(1_595_798)), terms }, [])).toMatchObject(expected);
  });

  it('is not put right where no tax is shown, and where its invoice was taken back', () => {
    const margin = record('a', 'invoice', before, { figures: made(invoice, by({ treatment: 'margin', rate: 0 }, inside(1_899_000)), []) });
    expect([margin.figures?.treatment, taxedOtherwise(july, [margin]), taxedOtherwise({ treatment: 'margin', rate: 0 }, [margin])]).toEqual(['margin', null, null]);
    const first = record('a', 'invoice', before, { figures: made(invoice, by(june, inside(1_899_000)), []) });
    expect(taxedOtherwise(july, [first, record('c', 'credit_note', after, { context: { credits: 'a' } })])).toBeNull();
  });
});
