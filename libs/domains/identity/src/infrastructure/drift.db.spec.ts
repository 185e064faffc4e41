import { schemaDrift } from '@autobroker/platform/database';
import { testDatabase } from '@autobroker/platform/testing';
import { identityService } from '../identity.module';

describe('identity’s tables', () => {
  it('are what the entities say', async () => {
    const database = await testDatabase({ services: [identityService] });
    try {
      expect(await schemaDrift(database.url, [identityService])).toEqual([]);
    } finally {
      await database.close();
    }
  });
});
