import { schemaDrift } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { pricingService } from '../pricing.module';

it('the migrations make exactly the tables that the entities describe', async () => {
  const { url, drop } = await createTestDatabase([pricingService]);
  try {
    expect(await schemaDrift(url, [pricingService])).toEqual([]);
  } finally {
    await drop();
  }
});
