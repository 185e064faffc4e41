import { aCar, extract, facts, html, ld, nextData } from './spec-pages';

/** A page about one car whose price it does not say, and beside it something else that has one. */
const told = '<dl><dt>Mileage</dt><dd>45,123 mi</dd><dt>Fuel type</dt><dd>Gasoline</dd><dt>Transmission</dt><dd>Automatic</dd><dt>Year</dt><dd>2018</dd></dl>';
const page = (beside: string, heading = '2018 BMW 320i') => html(`<title>${heading}</title>`, `<h1>${heading}</h1>${told}${beside}`);
const carOf = (body: string) => {
  const { make, price, mileage, price_note } = facts(extract(body));
  return [make, mileage, price, price_note];
};
const other = { id: 99_887_766, make: 'Audi', model: 'A4', year: 2016, mileage: 60_000, price: 15_000, url: '/vehicle/99887766' };
const otherLd = { '@type': 'Car', name: '2016 Audi A4', brand: 'Audi', model: 'A4', vehicleModelDate: '2016', mileageFromOdometer: 60_000, offers: { price: 15_000, priceCurrency: 'USD' } };

describe('a single other car', () => {
  it.each([
    ['in the page’s state', nextData({ pick: other })],
    ['in JSON-LD', ld(otherLd)],
    ['of the same make', nextData({ pick: { ...other, make: 'BMW', model: 'X5' } })],
    ['of the same model, years older', nextData({ pick: { ...other, make: 'BMW', model: '320i', year: 2014 } })],
  ])('%s is not taken for the page’s own', (_, beside) => expect(carOf(page(beside))).toEqual(['BMW', '45,123 mi', undefined, undefined]));

  it('does not outweigh the price that the page shows', () => expect(carOf(page(`<div class="price">$19,990</div>${ld(otherLd)}`))).toEqual(['BMW', '45,123 mi', '19990', undefined]));

  it.each([
    ['3 Series Touring', '320i'],
    ['BMW 320i (2019)', '320i'],
    ['A very nice car', '320i'],
  ])('is not what a heading calls in other words: %s', (heading, model) => expect(facts(extract(html('', `<h1>${heading}</h1>${ld(aCar({ model }))}`)))).toMatchObject({ price: '19990', vin: 'WBA8E5G57GNT12345' }));
});

describe('money for something else', () => {
  it.each([
    ['a guarantee', '<div><h3>Extended warranty</h3><span class="price">$1,499</span></div>'],
    ['the way to the door', '<div><h3>Home delivery</h3><span class="price">$499</span></div>'],
    ['a sum to reckon with', '<form class="calc"><label>Vehicle price</label><div class="amount">$25,000</div></form>'],
    ['a product that is no car', ld({ '@type': 'Product', name: 'Extended warranty', offers: { price: 1_499, priceCurrency: 'USD' } })],
    ['what it is worth in exchange', '<div class="trade-in"><span class="price">$8,500</span></div>'],
  ])('%s is not the car’s price', (_, beside) => expect(carOf(page(beside))).toEqual(['BMW', '45,123 mi', undefined, undefined]));

  it('a month’s rate is none, although the head names it as the price', () => {
    const head = '<title>2018 BMW 320i</title><meta property="product:price:amount" content="299"><meta property="product:price:currency" content="USD">';
    expect(carOf(html(head, `<h1>2018 BMW 320i</h1><div>$299/mo</div>${told}`))).toEqual(['BMW', '45,123 mi', undefined, 'monthly']);
    expect(carOf(html(head.replace('299', '19990'), `<h1>2018 BMW 320i</h1><div>$299/mo</div>${told}`))).toEqual(['BMW', '45,123 mi', '19990', undefined]);
  });
});
