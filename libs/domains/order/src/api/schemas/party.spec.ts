import { buyerBody } from './party';

const buyer = { name: 'Lukas Brandstätter', kind: 'private', address: { line1: 'Schönhauser Allee 12', postal_code: '10119', city: 'Berlin', country: 'DE' } };

describe('the name of somebody who takes part in a sale', () => {
  it.each(['王小明', '김철수', 'さくら', 'محمد بن سلمان', 'משה כהן', 'སྐལ་བཟང', '1&1', 'Ana 😀'])('may be %s', (name) => {
    expect(buyerBody.safeParse({ ...buyer, name })).toMatchObject({ success: true, data: { name } });
  });

  it.each(['😀', '🚗 🇩🇪', '—', '\u200B', '  '])('is not %j, which says nothing on paper', (name) => {
    const { error } = buyerBody.safeParse({ ...buyer, name });
    expect(error?.issues.map(({ path }) => path)).toEqual(expect.arrayContaining([['name']]));
  });
});
