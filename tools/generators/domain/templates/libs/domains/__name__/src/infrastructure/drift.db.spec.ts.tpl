import { schemaDrift } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { {{camel}}Service } from '../{{name}}.module';

it('the migrations make exactly the tables that the entities describe', async () => {
  const { url, drop } = await createTestDatabase([{{camel}}Service]);
  try {
    expect(await schemaDrift(url, [{{camel}}Service])).toEqual([]);
  } finally {
    await drop();
  }
});
