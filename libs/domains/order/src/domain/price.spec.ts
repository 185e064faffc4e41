import type { Price } from './order';
import { depositOf, repriced } from './price';

const line = (code: string, amount: number) => ({ code, amount, payee: 'seller', rule: null }) as const;
const price: Price = { currency: 'EUR', total: 1_950_000, deposit: 195_000, lines: [line('price', 1_900_000), line('broker_fee', 50_000)] };

describe('a price with other amounts', () => {
  it('has its new total, and of the deposit that is held no more than that', () => {
    expect(repriced(price, [{ code: 'price', amount: 1_899_999 }])).toMatchObject({ ok: true, value: { total: 1_949_999, deposit: 195_000 } });
    expect(repriced(price, [{ code: 'price', amount: 100 }, { code: 'broker_fee', amount: 0 }])).toMatchObject({ ok: true, value: { total: 100, deposit: 100 } });
  });

  it.each([
    ['a line that it has not', [{ code: 'bribe', amount: 1 }], 'unknown_line'],
    ['a line that is told twice', [{ code: 'price', amount: 1 }, { code: 'price', amount: 2 }], 'duplicate'],
    ['nothing else', [{ code: 'price', amount: 1_900_000 }], 'no_change'],
    ['nothing at all', [{ code: 'price', amount: 0 }, { code: 'broker_fee', amount: 0 }], 'nothing_to_pay'],
    ['more than can be reckoned with', [{ code: 'price', amount: Number.MAX_SAFE_INTEGER }], 'too_much'],
    ['more than a car can cost', [{ code: 'price', amount: 1_000_000_000_000 }], 'too_much'],
  ])('is not %s', (_, changes, code) => {
    expect(repriced(price, changes)).toMatchObject({ ok: false, error: { code: 'validation_failed', errors: [{ code }] } });
  });

  it('can be shared to the minor unit, however high it is', () => {
    expect(depositOf(999_999_999_999, 5_000)).toBe(500_000_000_000);
  });
});
