import type { OrderState } from '@autobroker/kernel';
import { anOrder } from './an-order';
import { noProgress, type Order } from './order';
import { feeFor, withdrawalOf } from './withdrawing';

const at = new Date('2026-11-25T12:00:00Z');
const told = { ...noProgress.contract, withdrawalTold: true };
const delivered = (more: Partial<Order> = {}, odometerKm = 48_000): Order =>
  anOrder({ state: 'delivered', ...more, progress: { contract: told, deliveredAt: '2026-11-24T12:00:00.000Z', handover: { place: 'x', at: '2026-11-24T12:00:00.000Z', odometerKm, keys: 2, papers: [], photos: 0, defects: [], acceptedAt: '2026-11-24T12:00:00.000Z' } } });
const standing = (order: Order, now = at, odometerKm: number | null = null, mandateSignedAt: Date | null = new Date('2026-11-20T12:05:00Z')) => withdrawalOf(order, now, { mandateSignedAt, odometerKm });

describe('a buyer in Europe', () => {
  it.each<[OrderState, string | null, boolean]>([
    ['requested', 'goods', false],
    ['reserved', 'service', true],
    ['inspection', 'service', true],
    ['contracted', 'goods', true],
    ['in_transit', 'goods', true],
    ['completed', 'goods', false],
    ['cancelled', 'goods', false],
  ])('may withdraw in %s from the %s: %s', (state, object, may) => {
    const found = standing(anOrder({ state, progress: { contract: told } }));
    expect([found?.rule.object ?? null, found?.mayDeclare]).toEqual([object, may]);
  });

  it('may do so until the end of the fourteenth day from delivery, also while a dispute has stopped the sale', () => {
    expect(standing(delivered())).toMatchObject({ mayDeclare: true, until: new Date('2026-12-08T23:59:59Z') });
    expect(standing(delivered(), new Date('2026-12-08T23:59:59Z'))?.mayDeclare).toBe(true);
    expect(standing(delivered(), new Date('2026-12-09T00:00:00Z'))).toMatchObject({ mayDeclare: false, why: 'The time to withdraw is over' });
    expect(standing(delivered({ state: 'disputed', resumeState: 'delivered' }))?.mayDeclare).toBe(true);
  });

  it('of a private seller’s car gives up the service alone, for fourteen days and until it is done', () => {
    const order = (state: OrderState) => anOrder({ state, sellerKind: 'private' });
    expect(standing(order('deposit_held'))).toMatchObject({ rule: { object: 'service' }, mayDeclare: true });
    expect(standing(order('deposit_held'), new Date('2026-12-05T00:00:00Z'))?.mayDeclare).toBe(false);
    expect(standing(order('contracted'))).toMatchObject({ mayDeclare: false, why: 'The service is done' });
  });

  it('who buys for a business has no right at all', () => {
    expect(standing(delivered({ buyerKind: 'business' }))).toBeNull();
  });
});

describe('a buyer in California', () => {
  const california: Partial<Order> = {
    jurisdiction: { country: 'US', region: 'CA' },
    capacity: 'dealer',
    sellerKind: 'dealer_vat',
    price: { currency: 'USD', total: 2_000_000, deposit: 200_000, lines: [{ code: 'price', amount: 2_000_000, payee: 'broker', rule: null }] },
  };

  it('has three days and 400 miles, and is told what may be kept', () => {
    const order = delivered(california);
    expect(standing(order, at, 48_644)).toMatchObject({ mayDeclare: true, until: new Date('2026-11-27T23:59:59Z') });
    expect(standing(order, at, 48_645)).toMatchObject({ mayDeclare: false, why: 'The car was driven more than 644 km' });
    expect(standing(order, at, null)).toMatchObject({ mayDeclare: false, why: 'The odometer has to be told' });
    expect(standing(order, new Date('2026-11-28T00:00:00Z'), 48_001)?.mayDeclare).toBe(false);
    expect(feeFor(order)).toBe(30_000);
  });
});
