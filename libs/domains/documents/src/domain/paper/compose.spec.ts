import { documentKinds, type DocumentKind } from '@autobroker/kernel';
import { samplePaper, isarBranding, type SampleOptions } from '../../testing/sample-papers';
import { templates } from '../templates';
import { faultsOf } from './check-template';
import { compose } from './compose';
import { type Language, languages, type Paper } from './paper';
import type { TemplateBlock } from './template';

const textOf = (kind: DocumentKind, options: SampleOptions = {}, change: Partial<Paper> = {}): string =>
  JSON.stringify(compose({ paper: { ...samplePaper(kind, options), ...change }, template: templates[kind], branding: isarBranding })).replaceAll('\u00a0', ' ');

const optionsFor = (kind: DocumentKind, language: Language): SampleOptions => ({ language, ...(kind === 'prepayment_invoice' ? { case: 'standard' } : {}) });

describe('the templates that the platform ships with', () => {
  it.each(documentKinds)('%s has everything that such a document must have, in three languages', (kind) => {
    expect(faultsOf(templates[kind])).toEqual([]);
  });

  it.each(documentKinds.flatMap((kind) => languages.map((language) => [kind, language] as const)))('%s in %s is all words: nothing is left open that is known', (kind, language) => {
    const text = textOf(kind, optionsFor(kind, language));
    expect(text).not.toMatch(/\{(?!pages?\})[a-z_.]+\}|undefined|NaN|\bnull,null\b/u);
    expect(text).toContain('WVWZZZCDZMW123456');
    expect(text).toContain('AB-2026-000123');
    expect(text).toContain('Lukas Brandstätter');
  });

  it('are not taken without a field that the law asks for, with one that nobody knows, or in two languages only', () => {
    const { invoice, mandate } = templates;
    expect(faultsOf({ ...invoice, blocks: invoice.blocks.filter(({ block }) => block !== 'invoice') })).toContainEqual({ pointer: '/blocks', code: 'missing', detail: 'a invoice needs block:invoice' });
    expect(faultsOf({ ...invoice, blocks: [...invoice.blocks, { block: 'facts', fields: ['vehicle.soul'] }] })).toContainEqual({ pointer: `/blocks/${invoice.blocks.length}`, code: 'unknown_field', detail: 'there is no field vehicle.soul' });
    const { fee } = mandate.texts;
    if (fee === undefined) throw new Error('a mandate speaks of its fee');
    expect(faultsOf({ ...mandate, texts: { ...mandate.texts, fee: { ...fee, it: ' ' } } })).toContainEqual({ pointer: '/texts/fee/it', code: 'not_translated', detail: 'is empty' });
    // The expiry stands in a table and in a clause: without both it is missing.
    const without = mandate.blocks.map((block): TemplateBlock => (block.block === 'facts' ? { ...block, fields: block.fields.filter((name) => name !== 'mandate.expires') } : block));
    const texts = Object.fromEntries(Object.entries(mandate.texts).map(([name, text]) => [name, { en: text.en.replaceAll('{mandate.expires}', ''), de: text.de.replaceAll('{mandate.expires}', ''), it: text.it.replaceAll('{mandate.expires}', '') }]));
    expect(faultsOf({ ...mandate, blocks: without, texts }).map(({ detail }) => detail)).toEqual(['a mandate needs mandate.expires']);
  });
});

describe('what a tenant’s own template can’t do', () => {
  const { mandate } = templates;
  it.each([
    [{ mandate_days: 1e308 }, 'out_of_range'],
    [{ mandate_days: -1 }, 'out_of_range'],
    [{ mandate_days: 0.5 }, 'out_of_range'],
    [{ exclusive: 2 }, 'out_of_range'],
    [{ poa_days: 90 }, 'unknown_setting'],
    [{ constructor: 1 }, 'unknown_setting'],
  ])('set %j', (settings, code) => {
    expect(faultsOf({ ...mandate, settings })).toEqual([expect.objectContaining({ pointer: `/settings/${Object.keys(settings)[0]}`, code })]);
    expect(faultsOf({ ...mandate, settings: { mandate_days: 60, exclusive: 1 } })).toEqual([]);
  });

  it('say the same again and again until no page can hold it', () => {
    const clause = (times: number): TemplateBlock[] => Array.from({ length: times }, () => ({ block: 'clauses', clauses: Array.from({ length: 20 }, () => ({ text: 'long' })) }));
    const texts = { ...mandate.texts, long: { en: 'x'.repeat(1_000), de: 'x', it: 'x' } };
    expect(faultsOf({ ...mandate, texts, blocks: [...mandate.blocks, ...clause(1)] })).toEqual([]);
    expect(faultsOf({ ...mandate, texts, blocks: [...mandate.blocks, ...clause(5)] })).toEqual([{ pointer: '/blocks', code: 'too_long', detail: 'has more than 100000 characters in en' }]);
  });
});

describe('what a document says', () => {
  it('money and days as its readers write them', () => {
    expect(textOf('invoice', { case: 'standard', language: 'de' })).toMatch(/18\.990,00 €.*/u);
    expect(textOf('quote', { language: 'it' })).toContain('1.966,79 €');
    expect(textOf('quote', { language: 'en' })).toContain('€19,667.94');
    expect(textOf('handover_protocol', { language: 'de' })).toContain('4. Dezember 2026 um 16:30');
    expect(textOf('odometer_statement', { language: 'en', american: true })).toContain('30,205 mi');
  });

  it('the words that the law asks for, under each treatment', () => {
    const invoice = (which: SampleOptions['case'], language: Language) => textOf('invoice', { ...(which === undefined ? {} : { case: which }), language });
    expect(invoice('margin', 'en')).toContain('Margin scheme – Second-hand goods');
    expect(invoice('margin', 'de')).toContain('Gebrauchtgegenstände/Sonderregelung');
    expect(invoice('margin', 'it')).toContain('Regime del margine – beni d’occasione');
    expect(invoice('margin', 'de')).not.toContain('3.032,02');
    expect(invoice('reverse_charge', 'de')).toContain('Steuerschuldnerschaft des Leistungsempfängers');
    expect(invoice('intra_community', 'it')).toContain('Cessione intracomunitaria');
    expect(invoice('new_transport', 'de')).toContain('Neues Fahrzeug (Art. 2 Abs. 2 Buchst. b');
    expect(textOf('proforma', { language: 'de' })).toContain('Dies ist keine Rechnung');
  });

  it('that a car is new when it crosses a border: by its age as by how far it has run', () => {
    const says = (firstRegistration: string | null, mileageKm: number | null) => {
      const { vehicle } = samplePaper('invoice', { case: 'intra_community' });
      return textOf('invoice', { case: 'intra_community', language: 'de' }, { vehicle: { ...vehicle, firstRegistration, mileageKm } }).includes('Neues Fahrzeug (Art. 2 Abs. 2 Buchst. b');
    };
    expect([says('2026-05-25', 9_000), says('2024-01-01', 6_000), says(null, 6_000), says('2026-05-25', null)]).toEqual([true, true, true, true]);
    expect([says('2026-05-24', 6_001), says(null, 6_001), says('2024-01-01', null)]).toEqual([false, false, false]);
  });

  it('the margin scheme in a contract only where its invoice will: no new car that crosses a border is under it', () => {
    const { vehicle, order } = samplePaper('purchase_contract', { case: 'new_transport' });
    const says = (change: Partial<Paper>) => textOf('purchase_contract', { case: 'new_transport', language: 'de' }, change).includes('Sonderregelung');
    const used = { ...vehicle, mileageKm: 48_230 };
    expect([says({}), says({ vehicle: { ...used, firstRegistration: '2026-09-01' } })]).toEqual([false, false]);
    expect([says({ vehicle: used }), says({ order: { ...order, country: 'DE' } })]).toEqual([true, true]);
    const agent = { ...order, capacity: 'buyer_agent', sellerKind: 'dealer_margin' } as const;
    expect([says({ order: agent }), says({ order: agent, vehicle: used })]).toEqual([false, true]);
  });

  it('that a car was new when it was supplied, on a correction of months later', () => {
    const { vehicle } = samplePaper('invoice', { case: 'intra_community' });
    const says = (taxDay: string | null) => textOf('invoice', { case: 'intra_community', language: 'de' }, { vehicle: { ...vehicle, firstRegistration: '2026-05-25', mileageKm: 9_000 }, issuedAt: '2027-03-01T10:00:00.000Z', taxDay }).includes('Neues Fahrzeug (Art. 2 Abs. 2 Buchst. b');
    expect([says('2026-11-25'), says(null)]).toEqual([true, false]);
  });

  it('what goes by a day by that of the first version: the tax of a contract, a date of sale or of supply, the end of a power', () => {
    const { vehicle, order } = samplePaper('purchase_contract', { case: 'new_transport' });
    const next = { issuedAt: '2027-03-01T10:00:00.000Z', version: 2 };
    const contract = (taxDay: string | null) => textOf('purchase_contract', { case: 'new_transport', language: 'de' }, { ...next, taxDay, vehicle: { ...vehicle, firstRegistration: '2026-05-25', mileageKm: 9_000 } }).includes('Sonderregelung');
    expect([contract('2026-11-25'), contract(null)]).toEqual([false, true]);
    expect(textOf('bill_of_sale', { language: 'en' }, { ...next, taxDay: '2026-11-25' })).toContain('"Date of sale","25 November 2026"');
    expect(textOf('invoice', { language: 'de' }, { ...next, taxDay: '2026-11-25', order: { ...order, deliveredAt: null } })).toContain('"Liefer-/Leistungsdatum","25. November 2026"');
    const power = (issuedAt: string, taxDay: string | null) => /Die Vollmacht endet am (\d+\. \p{L}+ \d+)/u.exec(textOf('registration_poa', { language: 'de' }, { issuedAt, taxDay }))?.[1];
    expect(power('2026-11-25T10:00:00.000Z', null)).toBe('23. Februar 2027');
    expect(power('2026-12-24T10:00:00.000Z', '2026-11-25')).toBe('23. Februar 2027');
    expect(power('2027-03-01T10:00:00.000Z', '2026-11-25')).toBe('30. Mai 2027');
  });

  it('what is kept of the payments, on the paper that takes the invoice back', () => {
    expect(textOf('credit_note', { language: 'de' })).toMatch(/Von Ihren Zahlungen einbehalten.*94,12 €/u);
    expect(textOf('credit_note', { language: 'en' }, { kept: 0 })).toMatch(/Kept of your payments.*€0\.00/u);
  });

  it('of a right to withdraw only where there is one, of California’s law only there', () => {
    expect(textOf('purchase_contract', { language: 'de' })).toContain('Als Verbraucher können Sie diesen Vertrag binnen 14 Tagen');
    expect(textOf('purchase_contract', { language: 'de' }, { withdrawal: null })).toContain('kein gesetzliches Widerrufsrecht');
    expect(textOf('mandate', { language: 'en', american: true })).toContain('Licence CA 98765');
    expect(textOf('mandate', { language: 'en' })).not.toContain('11735');
  });

  it('that a draft is one, and what a correction replaces', () => {
    expect(compose({ paper: samplePaper('invoice', { draft: true }), template: templates.invoice, branding: isarBranding })).toMatchObject({ watermark: 'ENTWURF' });
    const replaces = { number: 'INV-2026-000099', version: 1, issuedAt: '2026-11-24T10:00:00.000Z', sha256: 'ab'.repeat(32), reason: 'Adresse' };
    const text = textOf('invoice', {}, { replaces, version: 2 });
    expect(text).toContain('Rechnungskorrektur');
    expect(text).toContain('Sie ersetzt INV-2026-000099, Version 1, vom 24. November 2026 (SHA-256 abababababababab…). Grund: Adresse');
    // Somebody’s own words are words, whatever stands in them; ours are in the reader’s language.
    expect(textOf('invoice', {}, { replaces: { ...replaces, reason: '$& {buyer.name}' }, version: 2 })).toContain('Grund: $& {buyer.name}');
    expect(textOf('credit_note', {}, { credited: { number: 'INV-2026-000122', issuedAt: '2026-11-25T10:15:00.000Z', reason: 'withdrawal' } })).toContain('Grund: Widerruf des Käufers.');
  });

  it('the guarantee that the law has for who sells to whom', () => {
    const contract = (order: Partial<Paper['order']>, change: Partial<Paper> = {}) => textOf('purchase_contract', {}, { order: { ...samplePaper('purchase_contract').order, ...order }, ...change });
    expect(contract({})).toContain('gesondert vereinbart (§ 476 Abs. 2 BGB)');
    expect(contract({}, { contract: null })).toContain('vereinbarte Frist: nach Gesetz');
    expect(contract({}, { contract: null })).not.toContain('Verkürzte Frist');
    expect(contract({ sellerKind: 'private' })).toContain('Der Verkäufer verkauft als Privatperson');
    expect(contract({ buyerKind: 'business' })).toContain('Der Käufer handelt als Unternehmer');
    const american = contract({ country: 'US', region: 'CA' });
    expect(american).toContain('FTC Buyers Guide');
    for (const european of ['BGB', 'Sonderregelung', 'Verbraucher können']) expect(american).not.toContain(european);
  });

  it('of the right to give a car back only where the car is what it is of', () => {
    const service = { withdrawal: { days: 14, basis: 'Directive 2011/83/EU', object: 'service' as const } };
    expect(textOf('purchase_contract', {}, service)).toContain('kein gesetzliches Widerrufsrecht');
    expect(textOf('mandate', {}, service)).toContain('binnen 14 Tagen ab Vertragsschluss');
    expect(textOf('mandate', {}, service)).toContain('Muster-Widerrufsformular');
    expect(textOf('purchase_contract', { language: 'en', american: true })).toContain('within 3 days of delivery');
  });
});
