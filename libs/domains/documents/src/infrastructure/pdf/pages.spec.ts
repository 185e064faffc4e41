import { documentKinds } from '@autobroker/kernel';
import { textOf } from '../../testing/read-pdf';
import { renderSample } from '../../testing/render-sample';
import { samplePaper } from '../../testing/sample-papers';

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/gu)?.length ?? 0;
const times = (text: string, part: string): number => text.split(part).length - 1;

describe('pages', () => {
  it('of a draft say on each that it is one', async () => {
    const { pdf } = await renderSample('purchase_contract', { draft: true });
    expect(pagesOf(pdf)).toBeGreaterThan(1);
    // Across the page and, beside its number, at its foot; the head has it where the number would be.
    expect(textOf(pdf).split('\n').filter((line) => line === 'ENTWURF').length).toBeGreaterThanOrEqual(pagesOf(pdf));
    expect(times(textOf((await renderSample('purchase_contract')).pdf), 'ENTWURF')).toBe(0);
  });

  it.each([
    ['odometer_statement', 'en', true],
    ['registration_poa', 'it', false],
    ['registration_poa', 'de', false],
    ['proforma', 'it', false],
    ['credit_note', 'it', false],
    ['prepayment_invoice', 'it', false],
  ] as const)('of a %s are one', async (kind, language, american) => {
    expect(pagesOf((await renderSample(kind, { language, american, case: kind === 'credit_note' || kind === 'prepayment_invoice' ? 'standard' : 'agent' })).pdf)).toBe(1);
  });

  it.each(documentKinds)('of a %s hold whatever somebody is called, however long', async (kind) => {
    const base = samplePaper(kind, { case: kind === 'prepayment_invoice' ? 'standard' : 'agent' });
    const name = 'Hohenlohe-Waldenburg-Schillingsfürst '.repeat(6).trim();
    const { pdf } = await renderSample(kind, { case: kind === 'prepayment_invoice' ? 'standard' : 'agent' }, {
      paper: { parties: { ...base.parties, buyer: { ...base.parties.buyer, name: `${name} שלמה 王` } }, vehicle: { ...base.vehicle, vin: null, mileageKm: null, firstRegistration: null, features: Array.from({ length: 400 }, (_, index) => `Extra ${index}`) } },
    });
    const text = textOf(pdf).replaceAll('\n', ' ');
    expect(times(text, 'Hohenlohe-Waldenburg-Schillingsfürst')).toBeGreaterThanOrEqual(6);
    if (kind === 'purchase_contract' || kind === 'quote') expect(text).toContain('Extra 399');
    expect(text).toContain(`Seite ${pagesOf(pdf)} von ${pagesOf(pdf)}`);
  });
});

it('a name in Chinese, Japanese or Korean stands on the page as it is, and only a paper with one carries such a font', async () => {
  const base = samplePaper('purchase_contract');
  const names = '王堃 さくら 김철수';
  const written = async (name: string) => (await renderSample('purchase_contract', {}, { paper: { parties: { ...base.parties, buyer: { ...base.parties.buyer, name } } } })).pdf;
  const [asian, plain] = [await written(names), await written('Lukas Brandstätter')];
  const text = textOf(asian).replaceAll('\n', '');
  for (const name of names.split(' ')) expect(text).toContain(name);
  expect(text).not.toContain('□');
  const fontsOf = (pdf: Buffer) => [...new Set(Array.from(pdf.toString('latin1').matchAll(/\/BaseFont \/[A-Z]{6}\+(\w+)/gu), ([, name]) => name))].toSorted();
  expect(fontsOf(asian).filter((name) => !fontsOf(plain).includes(name)).length).toBeGreaterThanOrEqual(2);
  expect(fontsOf(plain).join()).not.toMatch(/Noto|Nanum/u);
  // Its signs, and not the font.
  expect(asian.length - plain.length).toBeLessThan(40_000);
});
