import fc from 'fast-check';
import { carAndOrdinal, externalIdOf, MAX_POSTS, numberOf, postNumber } from './ids';
import { numberInHash } from './picture';
import { sourceSlugs } from './sources';

describe('the ids of offers', () => {
  it('lead back to their car, whatever the source', () => {
    const post = fc.tuple(fc.nat(5_000_000), fc.nat(MAX_POSTS - 1), fc.nat(2 ** 32 - 1));
    fc.assert(
      fc.property(post, fc.constantFrom(...sourceSlugs), ([carIndex, ordinal, seed], source) => {
        const number = postNumber(carIndex, ordinal);
        expect(carAndOrdinal(number)).toEqual({ carIndex, ordinal });
        expect(numberOf(source, externalIdOf(source, number, seed))).toBe(number);
      }),
    );
  });

  it('are nothing for what no market gave out', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...sourceSlugs), (text, source) => {
        const number = numberOf(source, text);
        expect(number === undefined || (number > 0 && Number.isSafeInteger(number))).toBe(true);
      }),
    );
    expect(numberInHash('xyz')).toBeUndefined();
    expect(numberInHash('0123456789ABCDEF')).toBeUndefined();
  });
});
