import { orderNoted, vehicleListed, vehicleOffersMoved } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { KeepOrdersProcessor } from './jobs';
import { type Car, type House, orderHouse, person } from '../testing';

let house: House;
beforeAll(async () => {
  house = await orderHouse();
}, 60_000);
afterAll(() => house?.close());

interface Move {
  readonly from: Car;
  readonly to: Car;
  /** None: a car without offers. */
  readonly listingIds?: readonly string[];
  readonly whole?: boolean;
  readonly at?: Date;
}

/** Every word of the catalogue is heard before the next is said. */
async function moved({ from, to, listingIds = [], whole = false, at = house.clock.now() }: Move): Promise<void> {
  const heard = async () => Number((await house.db<{ n: string }>(`select count(*) as n from orders.inbox where consumer = 'orders.follow-cars'`))[0]?.n);
  const before = await heard();
  await house.say(vehicleOffersMoved, from.vehicleId, { from_vehicle_id: from.vehicleId, vehicle_id: to.vehicleId, listing_ids: [...listingIds], whole, moved_at: at.toISOString() }, null);
  await house.until(async () => (await heard()) > before, 'the move is heard');
}
const named = async (orderId: string): Promise<string | undefined> => (await house.db<{ id: string }>('select vehicle_id as id from orders.orders where id = $1', orderId))[0]?.id;
const asked = (orderId: string) => house.db('select kind, resolved_at is null as open from orders.ops_items where order_id = $1', orderId);
const carAs = (car: Car, vehicleId: string): Car => ({ ...car, vehicleId });
const offersOf = ({ listingId }: Car): string[] => (listingId === null ? [] : [listingId]);

it('a car that was taken for two: the order names the one that its offer is of, and the sale goes on with the quote that it had', async () => {
  const buyer = person('buyer');
  const car = await house.listCar();
  const other = carAs(car, uuidv7());
  const { id } = await house.reservable(buyer, car);
  const stays = (await house.place({ buyer: person('buyer'), car: { ...car, listingId: uuidv7() } })).data;
  const events = await house.app.events('orders');
  await moved({ from: car, to: other, listingIds: offersOf(car) });
  expect([await named(id), await named(stays.id)]).toEqual([other.vehicleId, car.vehicleId]);
  expect(await events.of(orderNoted)).toMatchObject([{ key: id, data: { what: 'car_moved' } }]);
  const [entry] = await house.db(`select before, after from orders.history where order_id = $1 and what = 'car_moved'`, id);
  expect(entry).toEqual({ before: { vehicle_id: car.vehicleId }, after: { vehicle_id: other.vehicleId } });

  const facts = { ...vehicleListed.fixture.facts, price: { amount: 1_899_000, currency: 'EUR' as const }, offers: (vehicleListed.fixture.facts.offers ?? []).map((offer) => ({ ...offer, listing_id: car.listingId ?? '', source: 'autoscout24', external_id: car.externalId })) };
  await house.say(vehicleListed, other.vehicleId, { vehicle_id: other.vehicleId, version: 1, facts }, null);
  await house.until(async () => (await house.db('select 1 from orders.vehicles where vehicle_id = $1', other.vehicleId)).length === 1, 'the other car is known');
  const reserved = await house.step(id, 'reserved', buyer);
  expect([reserved.code, reserved.data.vehicle_id]).toEqual(['ok', other.vehicleId]);
});

it('a price for what is left of the old car is none for this one', async () => {
  const buyer = person('buyer');
  const car = await house.listCar();
  const { data } = await house.place({ buyer, car });
  await moved({ from: car, to: carAs(car, uuidv7()), listingIds: offersOf(car) });
  const propose = (of: Car) => house.does(data.id, 'price-changes', buyer, { quote: house.quote({ buyer, car: of }), reason: 'a new quote' });
  expect((await propose({ ...car, listingId: uuidv7() })).code).toBe('quote_invalid');
  expect((await propose(car)).code).toBe('ok');
});

it('a car that was put into another is that one, with an offer or without, until it is taken back', async () => {
  const [listed, own, other] = [await house.listCar(), await house.listCar({}, { ownStock: true }), await house.listCar()];
  const [byOffer, without] = [(await house.place({ buyer: person('buyer'), car: listed })).data.id, (await house.place({ buyer: person('buyer'), car: own })).data.id];
  await moved({ from: listed, to: other, listingIds: offersOf(listed), whole: true });
  await moved({ from: own, to: other, whole: true });
  expect([await named(byOffer), await named(without)]).toEqual([other.vehicleId, other.vehicleId]);
  await moved({ from: other, to: listed, listingIds: offersOf(listed) });
  await moved({ from: other, to: own });
  expect([await named(byOffer), await named(without)]).toEqual([listed.vehicleId, own.vehicleId]);
  // Meanwhile it might have been of the one that was parted first; now nobody has to look any more.
  expect(await asked(without)).toEqual([{ kind: 'car_moved', open: false }]);
});

it('what can’t be told stays, and staff are asked: no offer in the order, or somebody else holds the other car', async () => {
  const [own, car, held] = [await house.listCar({}, { ownStock: true }), await house.listCar(), await house.listCar()];
  const { data: without } = await house.place({ buyer: person('buyer'), car: own });
  await moved({ from: own, to: car, listingIds: [uuidv7()] });
  expect([await named(without.id), await asked(without.id)]).toEqual([own.vehicleId, [{ kind: 'car_moved', open: true }]]);

  const first = await house.held(person('buyer'), car);
  await house.held(person('buyer'), held);
  await moved({ from: car, to: held, listingIds: offersOf(car), whole: true });
  expect([await named(first.id), await asked(first.id)]).toEqual([car.vehicleId, [{ kind: 'car_moved', open: true }]]);
});

it('what is told late changes nothing any more, and an order that is over keeps the name that it had', async () => {
  const car = await house.listCar();
  const [second, third] = [carAs(car, uuidv7()), carAs(car, uuidv7())];
  const buyer = person('buyer');
  const [live, over] = [(await house.place({ buyer, car })).data.id, (await house.place({ buyer, car })).data.id];
  await house.step(over, 'cancelled', buyer);
  const earlier = house.clock.now();
  await moved({ from: second, to: third, listingIds: offersOf(car), at: new Date(earlier.getTime() + 1_000) });
  await moved({ from: car, to: second, listingIds: offersOf(car), at: earlier });
  expect([await named(live), await named(over)]).toEqual([third.vehicleId, car.vehicleId]);
});

it('a quote from before names the old car: what it is taken for is the car of its offer', async () => {
  const buyer = person('buyer');
  const [car, other] = [await house.listCar(), await house.listCar()];
  const quote = house.quote({ buyer, car });
  await moved({ from: car, to: other, listingIds: offersOf(car), at: new Date(house.clock.now().getTime() + 1_000) });
  const { data } = await house.ask('POST', '/orders', buyer, { quote });
  expect(data.vehicle_id).toBe(other.vehicleId);
  house.clock.advance(5_000);
  const later = house.quote({ buyer, car });
  expect((await house.ask('POST', '/orders', buyer, { quote: later })).data.vehicle_id).toBe(car.vehicleId);
});

it('where offers went is kept for as long as a quote may ask, and not for ever', async () => {
  const [early, late] = [await house.listCar(), await house.listCar()];
  const day = 86_400_000;
  for (const [car, days] of [[early, 31], [late, 29]] as const) await moved({ from: car, to: carAs(car, uuidv7()), listingIds: offersOf(car), at: new Date(house.clock.now().getTime() - days * day) });
  await house.app.app.get<KeepOrdersProcessor>(KeepOrdersProcessor).run({});
  const left = async (car: Car) => (await house.db('select 1 from orders.moved_offers where listing_id = $1', car.listingId)).length;
  expect([await left(early), await left(late)]).toEqual([0, 1]);
});
