import { extractFile } from './extract-file';
import { aCar, html, ld } from './spec-pages';

const page = html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i</h1>${ld(aCar({ offers: { price: '19.990', availability: 'InStock' }, url: '/angebot/4711778' }))}`, '');

describe('a page in a file', () => {
  it.each([
    ['by the browser', '<!-- saved from url=(0043)https://www.autohaus.de/angebot/4711778 -->'],
    ['by an extension', '<!--\n Page saved with SingleFile \n url: https://www.autohaus.de/angebot/4711778 \n saved date: x\n-->'],
  ])('was where it says that it was saved from: noted %s', (_, note) => {
    const { kind, listings } = extractFile('car.html', Buffer.from(`<!DOCTYPE html>\n${note}\n${page}`), null);
    expect([kind, listings[0]?.['price'], listings[0]?.['currency'], listings[0]?.['url']]).toEqual(['detail', '19990', 'EUR', 'https://www.autohaus.de/angebot/4711778']);
  });

  it('is where the caller says', () => {
    const { listings } = extractFile('car.html', `<!-- saved from url=(0043)https://www.autohaus.de/angebot/4711778 -->${page}`, 'https://www.cars.co.uk/x/4711778');
    expect([listings[0]?.['currency'], listings[0]?.['url']]).toEqual(['GBP', 'https://www.cars.co.uk/x/4711778']);
  });

  it('a consent wall counts as a block', () =>
    expect(extractFile(null, html('<title>Before you continue to Google Search</title>', '<h1>Before you continue to Google</h1><p>We use cookies and data</p><button>Accept all</button>'), null)).toMatchObject({ file: null, kind: 'block', listings: [], provenance: [] }));
});
