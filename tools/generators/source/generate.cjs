'use strict';

const slugPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
const folder = 'libs/domains/scraper/src/infrastructure/sources';

/** The names that a source goes by in code, addresses and the environment. */
function namesOf(slug) {
  if (!slugPattern.test(slug) || slug.length > 40) throw new Error(`${JSON.stringify(slug)} is no name for a source: small letters, digits and single dashes, at most 40`);
  const words = slug.split('-');
  const camel = words.map((word, index) => (index === 0 ? word : word[0].toUpperCase() + word.slice(1))).join('');
  return {
    slug,
    camel,
    title: words.map((word) => word[0].toUpperCase() + word.slice(1)).join(' '),
    variable: `SOURCE_${slug.toUpperCase().replaceAll('-', '_')}_URL`,
    key: words.length === 1 ? slug : `'${slug}'`,
  };
}

const sourceOf = ({ slug, camel, title }) => `import { defineSource } from '../define-source';

export const ${camel} = defineSource({
  slug: '${slug}',
  name: '${title}',
  kind: 'marketplace',
  country: 'DE',
  currency: 'EUR',
  unit: 'km',
  locale: 'de-DE',
  home: 'https://www.${slug}.example',
  list: {
    path: '/cars',
    paging: { by: 'page', parameter: 'page', size: 20, maxPages: 200 },
    filters: { make: 'make', model: 'model', year_min: 'year_from', year_max: 'year_to', price_max: 'price_to' },
  },
  // Without a map the page's own structured data is read. Name what that does not find, or finds wrongly.
  fields: {},
  // Without a path the links of the list are followed.
  detail: {},
});
`;

const specOf = ({ slug, camel, title }) => `import { ${camel} } from './source';

const page = (body: string, status = 200) => ({ url: \`\${${camel}.home}/cars\`, status, contentType: 'text/html', body: Buffer.from(body) });

// Put captured pages of the real site here: \`npm run listings:extract\` shows what is taken from them.
const car = {
  '@context': 'https://schema.org',
  '@type': 'Car',
  name: 'VW Golf GTI',
  brand: 'VW',
  model: 'Golf',
  vehicleModelDate: '2021',
  offers: { '@type': 'Offer', price: '21990', priceCurrency: 'EUR' },
};
const detail = \`<html><head><title>VW Golf GTI</title><script type="application/ld+json">\${JSON.stringify(car)}</script></head><body><h1>VW Golf GTI</h1></body></html>\`;

describe('${title}', () => {
  it('asks its own search for what is looked for', () => {
    expect(${camel}.listRequest({ page: 2 }, { makes: ['VW'], year_min: 2020 })).toEqual({ method: 'GET', path: '/cars?make=VW&year_from=2020&page=2' });
  });

  it('reads the page of a car', () => {
    expect(${camel}.readDetail(page(detail), '17')).toMatchObject({ kind: 'listing', status: 'active', listing: { externalId: '17', fields: { make: { value: 'VW' }, price: { value: '21990' } } } });
  });

  it('knows a car that is gone', () => {
    expect(${camel}.readDetail(page('<h1>Not found</h1>', 404), '17')).toEqual({ kind: 'gone', status: 'removed' });
  });

  it('is named like its folder', () => expect(${camel}.slug).toBe('${slug}'));
});
`;

/** Puts a line where the last one like it stands. */
function insertAfterLast(text, pattern, line, what) {
  const found = [...text.matchAll(pattern)].pop();
  if (found === undefined) throw new Error(`${what} is not as expected`);
  const at = found.index + found[0].length;
  return `${text.slice(0, at)}${line}${text.slice(at)}`;
}

/**
 * Makes a folder for a source and enters it where sources are listed. `files` reads and writes by paths below the root.
 * @returns {string[]} what was written
 */
function generateSource(files, { slug: given }) {
  const names = namesOf(given);
  const { slug, camel, title, variable, key } = names;
  const path = `${folder}/${slug}/source.ts`;
  if (files.exists(path)) throw new Error(`there is a source ${slug} already`);
  const index = `${folder}/index.ts`;
  const addresses = `${folder}/addresses.ts`;
  const imported = insertAfterLast(files.read(index), /import \{ \w+ \} from '\.\/[a-z0-9-]+\/source';\n/gu, `import { ${camel} } from './${slug}/source';\n`, index);
  const registered = imported.replace(/(sourcePlugins: readonly SourcePlugin\[\] = \[)([^\]]*?),?\s*\]/u, (_all, head, list) => `${head}${list}, ${camel}]`);
  const named = files.read(addresses).replace(/\n\] as const;/u, `\n  '${slug}',\n] as const;`);
  const addressed = insertAfterLast(named, /: address\([^\n]*\),\n/gu, `  ${key}: address('${title}', '${variable}'),\n`, addresses);
  files.write(path, sourceOf(names));
  files.write(`${folder}/${slug}/source.spec.ts`, specOf(names));
  files.write(index, registered);
  files.write(addresses, addressed);
  return [path, `${folder}/${slug}/source.spec.ts`, index, addresses];
}

module.exports = { generateSource, namesOf };
