import { orderEvents, orderReturnSettled } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { type House, type OrderJson, orderHouse, type Person, person } from '../testing';

let house: House;
beforeAll(async () => {
  house = await orderHouse();
}, 60_000);
afterAll(() => house?.close());

const eur = (amount: number) => ({ amount, currency: 'EUR' });

/** Handed over at 48,230 km, and withdrawn from: what the buyer has said the odometer shows. */
async function withdrawn(odometerKm: number | null, buyer: Person = person('buyer')) {
  const { id } = await house.delivered(buyer, await house.listCar());
  const declared = await house.does(id, 'withdrawal', buyer, { odometer_km: odometerKm });
  const path = `withdrawal/${declared.data.withdrawal?.id}`;
  const ended = await house.does(id, `${path}/confirm`, buyer);
  return { id, buyer, ended: ended.data, returns: (body: object, by = house.agent) => house.does(id, `${path}/return`, by, body), agrees: (by: Person) => house.does(id, `${path}/return/approve`, by) };
}
const kept = ({ cancellation, withdrawal }: OrderJson) => ({ cancellation, withdrawal });
const queued = async (id: string) => (await house.db<{ kind: string }>(`select kind from orders.ops_items where order_id = $1 and resolved_at is null and kind = 'car_returning'`, id)).map(({ kind }) => kind);
const worn = (amount: number) => ({ odometer_km: 48_240, photos: 3, defects: ['The clutch is worn'], loss: { amount, reason: 'The clutch is worn' } });

describe('a car that was withdrawn from is back', () => {
  it('as it was: nothing is kept, and now the refund may go out', async () => {
    const events = await house.app.events('orders');
    const { id, ended, returns } = await withdrawn(48_240);
    expect(ended).toMatchObject({ state: 'cancelled', cancellation: { retain: eur(0), awaits_return: true } });
    expect((await events.of(orderEvents.cancelled)).find(({ key }) => key === id)?.data).toMatchObject({ retain: eur(0), awaits_return: true });
    expect(await queued(id)).toEqual(['car_returning']);
    const back = await returns({ odometer_km: 48_240 });
    expect(kept(back.data)).toMatchObject({ cancellation: { retain: eur(0), awaits_return: false }, withdrawal: { returned: { odometer_km: 48_240, loss: null } } });
    expect((await events.of(orderReturnSettled)).map(({ key, data }) => [key, data.retain])).toEqual([[id, eur(0)]]);
    expect(await queued(id)).toEqual([]);
    expect((await returns({ odometer_km: 48_240 })).code).toBe('conflict');
  });

  it('driven further than was said: what the odometer shows counts', async () => {
    const { returns } = await withdrawn(null);
    // 1,000 kilometres beyond a look, of 201,770 that it had still to run.
    expect(kept((await returns({ odometer_km: 48_230 + 1_050 })).data)).toMatchObject({ cancellation: { retain: eur(9_412) } });
    const said = await withdrawn(48_230 + 1_050);
    expect(kept((await said.returns({ odometer_km: null })).data)).toMatchObject({ cancellation: { retain: eur(9_412) } });
  });

  it('damaged: what it has lost is kept, with what shows it, and above the limit when a second person has agreed', async () => {
    const events = await house.app.events('orders');
    const { id, buyer, returns, agrees } = await withdrawn(48_240);
    expect((await returns(worn(1), buyer)).code).toBe('permission_denied');
    expect([(await returns({ ...worn(1), photos: 0, defects: [] })).reasons, (await returns(worn(1_899_001))).reasons]).toEqual([['no_evidence', 'no_evidence'], ['above_price']]);
    expect((await agrees(house.admin)).code).toBe('transition_not_allowed');
    expect(kept((await returns(worn(50_001))).data)).toMatchObject({ cancellation: { retain: eur(0), awaits_return: true }, withdrawal: { returned: { photos: 3, loss: { amount: eur(50_001), counts: false } } } });
    expect([await events.of(orderReturnSettled), await queued(id)]).toEqual([[], ['car_returning']]);
    expect((await agrees(house.agent)).code).toBe('second_approval_required');
    expect(kept((await agrees(house.admin)).data)).toMatchObject({ cancellation: { retain: eur(50_001), awaits_return: false }, withdrawal: { returned: { loss: { counts: true } } } });
    expect((await events.of(orderReturnSettled)).map(({ data }) => data.retain)).toEqual([eur(50_001)]);
    const trail = await house.db<{ action: string; actor_id: string }>(`select action, actor_id from orders.audit_log where object_id = $1 and action like 'order.return%' order by at, id`, id);
    expect(trail).toEqual([{ action: 'order.return_inspected', actor_id: house.agent.id }, { action: 'order.return_settled', actor_id: house.admin.id }]);
    const small = await withdrawn(48_240);
    expect(kept((await small.returns(worn(50_000))).data)).toMatchObject({ cancellation: { retain: eur(50_000), awaits_return: false } });
  });

  it('of another withdrawal, or one that is not confirmed, nothing is said', async () => {
    const buyer = person('buyer');
    const { id } = await house.delivered(buyer, await house.listCar());
    const declared = await house.does(id, 'withdrawal', buyer, { odometer_km: 48_240 });
    const returns = (of: string | undefined) => house.does(id, `withdrawal/${of}/return`, house.agent, { odometer_km: 48_240 });
    expect([(await returns(uuidv7())).code, (await returns(declared.data.withdrawal?.id)).code]).toEqual(['not_found', 'transition_not_allowed']);
  });
});

it('who was not told of the right owes nothing for use: the refund waits for nothing', async () => {
  const buyer = person('buyer');
  const { id } = await house.delivered(buyer, await house.listCar());
  await house.does(id, 'contract-terms', house.agent, { guarantee_months: 12, withdrawal_told: false });
  const declared = await house.does(id, 'withdrawal', buyer, { odometer_km: 60_000 });
  expect((await house.does(id, `withdrawal/${declared.data.withdrawal?.id}/confirm`, buyer)).data).toMatchObject({ state: 'cancelled', cancellation: { retain: eur(0), awaits_return: false } });
  expect(await queued(id)).toEqual([]);
});
