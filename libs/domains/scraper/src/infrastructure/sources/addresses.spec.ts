import { marketSources, sourceSlugs as played } from '@autobroker/market';
import { sourceAddressConfig, sourceSlugs } from './addresses';
import { sourcePlugins } from '.';

const bySlug = new Map(marketSources.map((source) => [source.slug as string, source]));

it('reads the sources that the sandbox plays, by the same names and in the same order', () => {
  expect(sourceSlugs).toEqual(played);
  expect(Object.keys(sourceAddressConfig.fields)).toEqual([...sourceSlugs]);
});

it.each(sourcePlugins.map((plugin) => [plugin.slug, plugin] as const))('knows of %s what it is, and where', (slug, plugin) => {
  const { kind, country } = bySlug.get(slug) ?? {};
  expect({ kind: plugin.kind, country: plugin.country }).toEqual({ kind, country });
});
