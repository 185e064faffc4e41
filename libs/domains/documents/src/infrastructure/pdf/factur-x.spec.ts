import { extractXml, Profile, validateXsd } from '@stackforge-eu/factur-x';
import { languages } from '../../domain/paper/paper';
import { renderSample } from '../../testing/render-sample';
import { isarBranding } from '../../testing/sample-papers';

const cases = ['standard', 'margin', 'intra_community', 'reverse_charge', 'new_transport', 'agent'] as const;

describe('an invoice as a file', () => {
  it.each(cases)('(%s) holds its data where readers look for it, and by the schema', async (which) => {
    for (const kind of ['invoice', 'credit_note'] as const) {
      const { pdf, xml } = await renderSample(kind, { case: which, language: languages[cases.indexOf(which) % 3] ?? 'en' });
      const found = await extractXml(pdf);
      expect(found.xml.trim()).toBe(xml?.trim());
      const judged = await validateXsd(xml ?? '', Profile.EN16931);
      expect(judged).toMatchObject({ valid: true });
    }
  });

  it('is the same bytes whenever it is written', async () => {
    const [first, second] = [await renderSample('invoice', { case: 'standard' }), await renderSample('invoice', { case: 'standard' })];
    expect(first.pdf.equals(second.pdf)).toBe(true);
  });

  it('can hold whatever somebody is called', async () => {
    const { xml } = await renderSample('invoice', {}, { branding: { ...isarBranding, tradeName: 'Müller & <Söhne> "KG"\u0000' } });
    expect(xml).toContain('Müller &amp; &lt;Söhne&gt; &quot;KG&quot;\uFFFD');
  });

  it('of America is on paper alone', async () => {
    const { pdf, xml } = await renderSample('proforma', { american: true, language: 'en' });
    expect([xml, pdf.includes('factur-x.xml')]).toEqual([null, false]);
  });
});
