import { testDatabase } from '@autobroker/platform/testing';
import { scraperSchema } from '../../testing';
import { SqlHostWindows } from './host-window';
import { hostWindowContract } from './host-window.suite';

hostWindowContract({
  name: 'the database',
  open: async () => {
    const database = await testDatabase({ services: [scraperSchema] });
    const db = database.of('scraper');
    return { subject: { a: new SqlHostWindows(db), b: new SqlHostWindows(db) }, close: () => database.close() };
  },
});
