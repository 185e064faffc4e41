import { describe, expect, it } from '@jest/globals';
import { renderSample } from '../../testing/render-sample';
import { fontFor } from './laid-out';

describe('words that are laid out once', () => {
  it('a paper is the same to the byte whatever was written before it', async () => {
    const first = await renderSample('invoice', { case: 'standard' });
    await renderSample('mandate', { language: 'it' });
    await renderSample('purchase_contract', { language: 'en' });
    const again = await renderSample('invoice', { case: 'standard' });
    expect(again.pdf.equals(first.pdf)).toBe(true);
  }, 60_000);

  it('every sign stands for the character that was written, also where a font has one sign for two', () => {
    const font = fontFor('regular');
    const written = (text: string): string => String.fromCodePoint(...font.layout(text).glyphs.flatMap(({ codePoints }) => [...codePoints]));
    for (const text of ['1.899\u00A0€', '1.899 €', 'Größmann', 'Straße\u2011Nord', 'offiziell', 'Πλατεία']) expect(written(text)).toBe(text);
  });

  it('what one reader does with a word changes it for nobody else', () => {
    const [one, other] = [fontFor('bold'), fontFor('bold')];
    const run = one.layout('Rechnung');
    const { advanceWidth } = run;
    for (const position of run.positions) Object.assign(position, { xAdvance: 0 });
    expect(run.advanceWidth).toBe(0);
    expect(other.layout('Rechnung').advanceWidth).toBe(advanceWidth);
    expect(advanceWidth).toBeGreaterThan(0);
  });
});
