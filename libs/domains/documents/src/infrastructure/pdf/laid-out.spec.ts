import { describe, expect, it } from '@jest/globals';
import { renderSample } from '../../testing/render-sample';
import { newFont } from './glyphs';
import { laidIn, pairwise } from './laid-out';

/** Each sign with what stands between it and the next, as a page is told. */
const told = (codes: string): [id: number, gap: number][] =>
  [...codes.matchAll(/([0-9a-f]{4})(?:> (-?[\d.]+) <)?/gu)].map(([, code = '', gap = '0']) => [Number.parseInt(code, 16), 0 - Number(gap)]);

/** What the characters of a line are by its signs. */
function written(text: string): string {
  const { pieces, signs } = laidIn('regular', text);
  const meant = new Map(signs.map(({ id, characters }) => [id, String.fromCodePoint(...characters)]));
  return pieces.flatMap(({ codes }) => told(codes)).map(([id]) => meant.get(id) ?? '?').join('');
}

/** The same ones in each run. */
function* someWords(signs: string, count: number): Generator<string> {
  let state = 7;
  const next = (below: number): number => (state = (state * 48_271) % 0x7fff_ffff) % below;
  for (let index = 0; index < count; index++) yield Array.from({ length: 2 + next(9) }, () => signs[next(signs.length)] ?? '').join('');
}

describe('words that are laid out once', () => {
  it('a paper is the same to the byte whatever was written before it', async () => {
    const first = await renderSample('invoice', { case: 'standard' });
    await renderSample('mandate', { language: 'it' });
    await renderSample('purchase_contract', { language: 'en' });
    const again = await renderSample('invoice', { case: 'standard' });
    expect(again.pdf.equals(first.pdf)).toBe(true);
  }, 60_000);

  it('every sign stands for the character that was written, also where a font has one sign for two', () => {
    for (const text of ['1.899\u00A0€', '1.899 €', 'Größmann', 'Straße\u2011Nord', 'offiziell', 'Πλατεία']) expect(written(text)).toBe(text);
  });

  it('a sign that stands off its place gets one of its own, and what follows goes on where it would', () => {
    const [plain, marked] = [laidIn('fallback', 'xxx'), laidIn('fallback', 'x\u0331xx')];
    expect(plain.pieces).toHaveLength(1);
    expect(marked.pieces.length).toBeGreaterThan(1);
    expect(marked.width).toBe(plain.width);
    expect(marked.pieces.at(-1)?.x).toBe(plain.width / 3);
  });

  it.each([
    ['figures and names of things', '0123456789.,:;-–/()€%+*§ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['names', 'AEJLTVWYÄÖÜabcdefghijklmnopqrstuvwxyzäöüßéèàùčřşźł\u2019-.,'],
    ['hashes', '0123456789abcdef'],
  ])('%s that are put together from what others have shown stand as the library lays them out', (_, signs) => {
    for (const name of pairwise) {
      const font = newFont(name);
      let apart = 0;
      const others: unknown[] = [];
      for (const word of someWords(signs, 2_000)) {
        const { glyphs, positions } = font.layout(word);
        const { width, pieces } = laidIn(name, word);
        const its = glyphs.map(({ id, advanceWidth }, index) => [id, (positions[index]?.xAdvance ?? 0) - advanceWidth]);
        const whole = positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
        const [expected, found] = [[[{ codes: its, x: 0, y: 0 }], whole], [pieces.map((piece) => ({ ...piece, codes: told(piece.codes) })), width]];
        if (JSON.stringify(expected) !== JSON.stringify(found)) others.push({ word, expected, found });
        apart += its.filter(([, gap]) => gap !== 0).length;
      }
      expect(others).toEqual([]);
      if (signs.includes('V')) expect(apart).toBeGreaterThan(100);
    }
  });
});
