import { sourceSlugs as marketSlugs } from '@autobroker/market';
import { sourceSlugs as scraperSlugs } from '@autobroker/scraper';

/** Sources that the scraper reads and the sandbox does not play; they are off without an address of their own. */
const withoutStandIn: readonly string[] = [];

it('the market lists its cars where the scraper looks for them, by the same names', () => {
  const played = new Set<string>(marketSlugs);
  expect(marketSlugs.filter((slug) => !new Set<string>(scraperSlugs).has(slug))).toEqual([]);
  expect(scraperSlugs.filter((slug) => !played.has(slug))).toEqual(withoutStandIn);
});
