import { schemaDrift } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { documentsService } from '../documents.module';

it('the migrations make exactly the tables that the entities describe', async () => {
  const { url, drop } = await createTestDatabase([documentsService]);
  try {
    expect(await schemaDrift(url, [documentsService])).toEqual([]);
  } finally {
    await drop();
  }
});
