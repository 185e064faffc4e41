import { schemaDrift } from '@autobroker/platform/database';
import { createTestDatabase } from '@autobroker/platform/testing';
import { scraperService } from '../scraper.module';

it('the migrations make exactly the tables that the entities describe', async () => {
  const { url, drop } = await createTestDatabase([scraperService]);
  try {
    expect(await schemaDrift(url, [scraperService])).toEqual([]);
  } finally {
    await drop();
  }
});
