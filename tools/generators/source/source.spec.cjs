'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { generateSource, namesOf } = require('./generate.cjs');

const root = join(__dirname, '../../..');

/** The workspace as it is; what is written stays here. */
function workshop() {
  const written = new Map();
  return {
    written,
    exists: (path) => written.has(path),
    read: (path) => written.get(path) ?? readFileSync(join(root, path), 'utf8'),
    write: (path, text) => written.set(path, text),
  };
}

describe('a new source', () => {
  it('has a folder, a spec, and its name wherever sources are listed', () => {
    const shop = workshop();
    const made = generateSource(shop, { slug: 'le-bon-coin' });
    expect(made).toHaveLength(4);
    const [source, spec, index, addresses] = made.map((path) => shop.written.get(path));
    expect(source).toContain("export const leBonCoin = defineSource({\n  slug: 'le-bon-coin'");
    expect(spec).toContain("from './source'");
    expect(index).toContain("import { leBonCoin } from './le-bon-coin/source';");
    expect(index).toMatch(/sourcePlugins: readonly SourcePlugin\[\] = \[[^\]]*dealerFeed, leBonCoin\]/u);
    expect(addresses).toMatch(/'dealer-feed',\n {2}'le-bon-coin',\n\] as const/u);
    expect(addresses).toContain("'le-bon-coin': address('Le Bon Coin', 'SOURCE_LE_BON_COIN_URL'),");
  });

  it('does not write over one that is there, and two can follow each other', () => {
    const shop = workshop();
    generateSource(shop, { slug: 'one' });
    generateSource(shop, { slug: 'two' });
    expect(shop.written.get('libs/domains/scraper/src/infrastructure/sources/index.ts')).toContain('one, two]');
    expect(() => generateSource(shop, { slug: 'one' })).toThrow(/already/u);
  });

  it.each(['', 'Two', 'a--b', '../x', '9x', 'x'.repeat(41)])('is not called %j', (slug) => {
    expect(() => namesOf(slug)).toThrow(/no name/u);
  });
});
