import { schemaDrift } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { vehicleSchema } from '../testing';

it('the migrations make exactly the tables that the entities describe', async () => {
  const { url, drop } = await createTestDatabase([vehicleSchema]);
  try {
    expect(await schemaDrift(url, [vehicleSchema])).toEqual([]);
  } finally {
    await drop();
  }
});
