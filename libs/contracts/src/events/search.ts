import { z } from 'zod';
import { defineEvent } from '../event';
import { idSchema } from '../schemas';
import { scrapeFiltersSchema } from './scrape';

/** What a saved search looks for. */
export const searchCriteriaSchema = scrapeFiltersSchema.extend({
  /** Sources by their slugs; none named means all. */
  marketplaces: z.array(z.string()).max(50).optional(),
});
export type SearchCriteria = z.output<typeof searchCriteriaSchema>;

const searchId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b64';

export const searchSaved = defineEvent({
  type: 'search.saved.v1',
  service: 'search',
  summary: 'A saved search is new or has changed: the scraper reads its marketplaces on its schedule.',
  data: z.strictObject({
    search_id: idSchema,
    user_id: idSchema,
    criteria: searchCriteriaSchema,
    /** Five fields, UTC; null for the installation's own rhythm. */
    schedule_cron: z.string().max(120).nullable(),
    is_active: z.boolean(),
  }),
  fixture: {
    search_id: searchId,
    user_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b65',
    criteria: { makes: ['Porsche'], models: ['911'], year_min: 2012, price_max: 9_000_000, currency: 'EUR', marketplaces: ['autoscout24', 'mobile-de'] },
    schedule_cron: '0 */6 * * *',
    is_active: true,
  },
});

export const searchDeleted = defineEvent({
  type: 'search.deleted.v1',
  service: 'search',
  summary: 'A saved search is gone: nothing is read for it any more.',
  data: z.strictObject({ search_id: idSchema }),
  fixture: { search_id: searchId },
});
