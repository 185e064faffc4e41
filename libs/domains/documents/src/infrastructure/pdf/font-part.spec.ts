import { describe, expect, it } from '@jest/globals';
import { FontPart } from './font-part';
import { type FontName, fontNames } from './fonts';
import { knows, newFont, type Part } from './glyphs';

/** What is written in it: some of them read no other sign. */
const known = (name: FontName, text: string): string => [...text].filter((sign) => knows(name, sign)).join('');
/** Some that are put together from others among them. */
const texts = ['', '王堃 株式会社さくら（東京）', '김철수 값 뷁', 'Kaufvertrag Nr. 000001', 'ÄÖÜäöüßéèñçøåŠŁż', 'Rechnung über 1.899,00 €', 'Πλατεία Дмитрий', '☑ ½ ⅔ ﬁ'];

describe('the part of a font that goes into a file', () => {
  it.each(fontNames)('(%s) is to the byte what the library writes of it', (name: FontName) => {
    const font = newFont(name);
    const ids = [...texts.map((text) => font.layout(known(name, text)).glyphs.map(({ id }) => id)), Array.from({ length: 300 }, (_, index) => index)];
    for (const some of ids) {
      const written = (part: Part): Uint8Array => {
        for (const id of some) part.includeGlyph(id);
        return part.encode();
      };
      expect(Buffer.from(written(new FontPart(name))).equals(written(font.createSubset()))).toBe(true);
    }
  });

  it('numbers its signs as they come, each once', () => {
    const part = new FontPart('regular');
    expect([17, 40, 17, 0, 41].map((id) => part.includeGlyph(id))).toEqual([1, 2, 1, 0, 3]);
  });
});
