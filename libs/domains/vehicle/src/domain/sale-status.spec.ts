import { vehicleStatuses } from '@autobroker/kernel';
import fc from 'fast-check';
import { heldTwice, statusAfterSale, type SaleState } from './sale-status';
import { moveTo } from './status';

it.each<[string, ...Parameters<typeof statusAfterSale>, string]>([
  ['is held by the order that reserved it', 'available', ['holds'], 'active', 'reserved'],
  ['is sold when an order has sold it', 'reserved', ['sold', 'over'], 'active', 'sold'],
  ['is for sale again when its order came to nothing', 'reserved', ['over'], 'active', 'available'],
  ['is for sale again though it stands at no source', 'reserved', ['over'], null, 'available'],
  ['stays held while another order holds it', 'reserved', ['over', 'holds'], 'active', 'reserved'],
  ['is gone when its offers have gone meanwhile', 'reserved', ['over'], 'removed', 'withdrawn'],
  ['was sold elsewhere while it was held', 'reserved', ['over'], 'sold', 'sold'],
  ['stays withdrawn: a hold does not bring it back', 'withdrawn', ['holds'], 'removed', 'withdrawn'],
  ['comes back when a sale was undone', 'sold', ['over'], 'active', 'available'],
])('a car %s', (_what, current, sales, offers, expected) => {
  expect(statusAfterSale(current, sales, offers)).toBe(expected);
});

it('a car only makes moves that the life of a car has', () => {
  const sales = fc.array(fc.constantFrom<SaleState>('holds', 'over', 'sold'), { maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...vehicleStatuses), sales, fc.constantFrom('active', 'reserved', 'sold', 'removed', null), (current, states, offers) => {
      const after = statusAfterSale(current, states, offers);
      expect(after === current || moveTo(current, after, 'system').ok).toBe(true);
    }),
  );
});

it('only orders that name different cars hold one car twice: those of one car follow each other', () => {
  const hold = (orderId: string, orderedVehicleId: string) => ({ orderId, orderedVehicleId });
  expect(heldTwice([hold('o1', 'a'), hold('o2', 'a')])).toEqual([]);
  expect(heldTwice([hold('o1', 'a'), hold('o2', 'b')])).toEqual(['o1', 'o2']);
});
