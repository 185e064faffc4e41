import { searchTerms, searchText, wordsOf } from './search-text';

it('words are compared without accents, case or punctuation', () => {
  expect(wordsOf('Škoda Octavia RS-230, „Laurin & Klement“')).toEqual(['skoda', 'octavia', 'rs', '230', 'laurin', 'klement']);
  expect(searchText(['BMW', null, 'bmw 320i'])).toBe('bmw 320i');
});

it.each([
  ["Robert'); drop table vehicles;--", `'robert':* & 'drop':* & 'table':* & 'vehicles':*`],
  ['a & !b | (c:*)', `'a':* & 'b':* & 'c':*`],
  ['&|!:*()', null],
  ['日本 車', `'日本':* & '車':*`],
])('%s asks for %s', (q, terms) => expect(searchTerms(q)).toBe(terms));

it('a novel is cut to its first words', () => {
  expect(searchTerms(Array.from({ length: 500 }, (_none, index) => `w${index}`).join(' '))?.split('&')).toHaveLength(8);
});
