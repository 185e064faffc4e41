import { sourceSlugs } from '@autobroker/market';
import { scraperService } from '@autobroker/scraper';

/** Sources that the scraper reads and the sandbox does not play; they are off without an address of their own. */
const withoutStandIn: readonly string[] = [];

/** The scraper knows a source by its address: there is one setting for each. */
const scraperSlugs = Object.keys(scraperService.config.find(({ name }) => name === 'sources')?.fields ?? {});

it('the market lists its cars where the scraper looks for them, by the same names', () => {
  expect(sourceSlugs.filter((slug) => !scraperSlugs.includes(slug))).toEqual([]);
  expect(scraperSlugs.filter((slug) => !sourceSlugs.some((played) => played === slug))).toEqual(withoutStandIn);
});
