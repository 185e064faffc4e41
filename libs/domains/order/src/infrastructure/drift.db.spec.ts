import { schemaDrift } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { orderService } from '../order.module';

it('the migrations make exactly the tables that the entities describe', async () => {
  const { url, drop } = await createTestDatabase([orderService]);
  try {
    expect(await schemaDrift(url, [orderService])).toEqual([]);
  } finally {
    await drop();
  }
});
