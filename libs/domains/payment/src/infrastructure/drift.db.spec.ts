import { schemaDrift } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { paymentService } from '../payment.module';

it('the migrations make exactly the tables that the entities describe', async () => {
  const { url, drop } = await createTestDatabase([paymentService]);
  try {
    expect(await schemaDrift(url, [paymentService])).toEqual([]);
  } finally {
    await drop();
  }
});
