import { platformTables, schemaDrift } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { paymentEntities } from './entities';
import { paymentMigrations } from './migrations';

const payment = { name: 'payment', entities: paymentEntities, migrations: [...platformTables('payment'), ...paymentMigrations] };

it('the migrations make exactly the tables that the entities describe', async () => {
  const { url, drop } = await createTestDatabase([payment]);
  try {
    expect(await schemaDrift(url, [payment])).toEqual([]);
  } finally {
    await drop();
  }
});
