import { parse } from 'csv-parse/sync';
import { Firecrawl } from '@mendable/firecrawl-js';
import type { Sandbox } from './sandbox';
import { control, post, shopOf, smallSandbox, textAt, urlOf, type Parsed } from './suite/sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 150 });
});
afterAll(() => sandbox.close());

const keyOf = async (slug: string): Promise<Record<string, string>> => (await control(sandbox, 'vendors')).vendors.find((vendor: Parsed) => vendor.slug === slug).key;

describe('the official Firecrawl client', () => {
  const client = async () => new Firecrawl({ apiKey: (await keyOf('firecrawl'))['api_key'] ?? '', apiUrl: urlOf(sandbox, 'firecrawl') });

  it('scrapes a page of a marketplace unchanged, and as readable text', async () => {
    const shop = shopOf(sandbox, 'cars-com');
    const [car] = shop.onOffer();
    if (car === undefined) throw new Error('nothing is on offer');
    const url = urlOf(sandbox, 'cars-com') + car.path;
    const document = await (await client()).scrape(url, { formats: ['rawHtml', 'markdown', 'html', 'links'] });
    expect(document.rawHtml).toBe(await textAt(url));
    expect(document.markdown).toContain(`# ${car.title.replace(/\s+/gu, ' ').trim()}`);
    const [other] = shop.similar(car, 1);
    expect(document.links).toContain(urlOf(sandbox, 'cars-com') + (other?.path ?? ''));
    expect(document.html).not.toContain('<script');
    expect(document.metadata).toMatchObject({ sourceURL: url, statusCode: 200, language: 'en-US' });
  });

  it('scrapes many in one batch', async () => {
    const urls = shopOf(sandbox, 'gumtree').onOffer().slice(0, 5).map((listing) => urlOf(sandbox, 'gumtree') + listing.path);
    const job = await (await client()).batchScrape(urls, { options: { formats: ['rawHtml'] }, pollInterval: 1 });
    expect(job).toMatchObject({ status: 'completed', total: 5, completed: 5 });
    expect(job.data.map((one) => one.metadata?.sourceURL).sort()).toEqual([...urls].sort());
  });

  it('gets to no other host, whatever it is asked for', async () => {
    await expect((await client()).scrape('http://169.254.169.254/latest/meta-data/')).rejects.toThrow(/sandbox alone/u);
    await expect((await client()).scrape(`${sandbox.url}/control/vendors`)).rejects.toThrow(/sandbox alone/u);
  });

  it('is not let in with a wrong key', async () => {
    expect((await post(`${urlOf(sandbox, 'firecrawl')}/v2/scrape`, { url: urlOf(sandbox, 'gumtree') }, { authorization: 'Bearer fc-wrong' })).status).toBe(401);
  });
});

describe('a client of eBay', () => {
  const token = async (secret?: string): Promise<Response> => {
    const key = await keyOf('ebay');
    return fetch(`${urlOf(sandbox, 'ebay')}/identity/v1/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${key['client_id'] ?? ''}:${secret ?? key['client_secret'] ?? ''}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'https://api.ebay.com/oauth/api_scope' }),
    });
  };
  const search = (headers: Record<string, string>, query = 'category_ids=6001&limit=10') => fetch(`${urlOf(sandbox, 'ebay')}/buy/browse/v1/item_summary/search?${query}`, { headers });

  it('needs the right secret for a token, and a token for a search', async () => {
    expect((await token('wrong')).status).toBe(401);
    const refused = await search({});
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ errors: [{ errorId: 1_001, domain: 'OAuth' }] });
    const issued: Parsed = await (await token()).json();
    expect(issued).toMatchObject({ expires_in: 7_200, token_type: 'Application Access Token' });
    expect((await search({ authorization: `Bearer ${issued.access_token}` })).status).toBe(200);
  });

  it('sees the country of the marketplace that it names, in its currency', async () => {
    const { access_token } = (await (await token()).json()) as Parsed;
    const found: Parsed = await (await search({ authorization: `Bearer ${access_token}`, 'x-ebay-c-marketplace-id': 'EBAY_DE' }, 'category_ids=6001&limit=200')).json();
    const german = shopOf(sandbox, 'ebay').onOffer().filter((listing) => listing.country === 'DE');
    expect(found.total).toBe(german.length);
    expect(found.itemSummaries.every((item: Parsed) => item.itemLocation.country === 'DE')).toBe(true);
  });

  it('is told in the API’s own words what is wrong', async () => {
    const { access_token } = (await (await token()).json()) as Parsed;
    const authorization = `Bearer ${access_token}`;
    for (const [query, errorId] of [['limit=10', 12_001], ['category_ids=6001&limit=10&offset=5', 12_022], ['category_ids=6001&limit=200&offset=10000', 12_023]] as const) {
      const answer = await search({ authorization }, query);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ errorId }] });
    }
    expect((await fetch(`${urlOf(sandbox, 'ebay')}/buy/browse/v1/item/v1%7C1%7C0`, { headers: { authorization } })).status).toBe(404);
  });
});

describe('a client of the dealer’s feed', () => {
  it('reads the same cars in the old encoding and in the new one', async () => {
    const bytes = async (encoding: string) => Buffer.from(await (await fetch(`${urlOf(sandbox, 'dealer-feed')}/feed/inventory.csv?encoding=${encoding}`)).arrayBuffer());
    const [old, fresh] = await Promise.all([bytes('iso-8859-1'), bytes('utf-8')]);
    expect(fresh.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const read = (text: string): string[][] => parse(text, { delimiter: ';', bom: true });
    const before = read(new TextDecoder('windows-1252').decode(old));
    const after = read(new TextDecoder().decode(fresh));
    expect(before[0]).toEqual(after[0]);
    expect(before[0]).toContain('Türen');
    expect(before.map((row) => row[0])).toEqual(after.map((row) => row[0]));
  });
});
