import { orderEvents, orderReturnSettled } from '@autobroker/contracts';
import { newsOf } from './order.consumer';

const told = { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01', version: 1, key: 'o', tenant_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02', occurred_at: '2026-12-20T10:00:00.000Z', trace: null };

it('a cancellation says whether the car has to come back first; one of before this was told does not wait', () => {
  const { fixture, type } = orderEvents.cancelled;
  const cancelled = (more: object) => newsOf({ ...told, type, data: { ...fixture, ...more } }).cancelled;
  expect([cancelled({ awaits_return: true }), cancelled({})]).toMatchObject([{ awaitsReturn: true }, { awaitsReturn: false }]);
});

it('a car that is back says what is kept, and leaves everything else as it was', () => {
  const { fixture, type } = orderReturnSettled;
  expect(newsOf({ ...told, type, data: fixture })).toEqual({ orderId: fixture.order_id, tenantId: told.tenant_id, version: 14, at: new Date(told.occurred_at), state: null, returned: { retain: 42_000 } });
});
