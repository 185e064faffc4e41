import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentKinds, type DocumentKind } from '@autobroker/kernel';
import { type InvoiceVerdict, validateInvoices } from '../../../../../../tools/engines/mustang.mjs';
import { languages, plainBranding } from '../../domain/paper/paper';
import { renderSample } from '../../testing/render-sample';
import { samplePaper, type SampleOptions } from '../../testing/sample-papers';
import { signPdf } from '../pades/sign-pdf';
import { readSigningKey } from '../pades/signing-key';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autobroker-invoices-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function verdicts(files: Readonly<Record<string, Buffer>>): Promise<InvoiceVerdict[]> {
  const paths = await Promise.all(
    Object.entries(files).map(async ([name, bytes]) => {
      const path = join(folder, `${name}.pdf`);
      await writeFile(path, bytes);
      return path;
    }),
  );
  return validateInvoices(paths);
}

const cases = ['standard', 'margin', 'intra_community', 'reverse_charge', 'new_transport', 'agent'] as const;

describe('invoices before the Mustang validator', () => {
  it('of every treatment, prepaid, credited, corrected and still to pay are EN 16931 and PDF/A-3', async () => {
    const files: Record<string, Buffer> = {};
    const add = async (name: string, kind: DocumentKind, options: SampleOptions, change: Parameters<typeof renderSample>[2] = {}) => {
      files[name] = (await renderSample(kind, options, change)).pdf;
    };
    for (const [index, one] of cases.entries()) {
      const language = languages[index % 3] ?? 'en';
      await add(`invoice-${one}`, 'invoice', { case: one, language });
      await add(`credit-${one}`, 'credit_note', { case: one, language });
    }
    await add('prepayment', 'prepayment_invoice', { case: 'standard' });
    const replaces = { number: 'INV-2026-000099', version: 1, issuedAt: '2026-11-24T10:00:00.000Z', sha256: 'ab'.repeat(32), reason: 'Adresse' };
    await add('corrected', 'invoice', { case: 'standard' }, { paper: { version: 2, replaces } });
    const { invoice } = samplePaper('invoice', { case: 'standard' });
    if (invoice === null) throw new Error('the sample is an invoice');
    await add('to-pay', 'invoice', { case: 'standard' }, { paper: { invoice: { ...invoice, prepaid: 0, due: invoice.total, prepayments: [] } } });
    await add('rounded', 'invoice', { case: 'standard' }, { paper: { invoice: { ...invoice, rounding: -1, prepaid: invoice.total - 1, due: 0, prepayments: [] } } });
    await add('bare', 'invoice', { case: 'agent' }, { branding: plainBranding });
    const names = { buyer: { ...samplePaper('invoice').parties.buyer, name: 'Łukasz Ďuriš & Søn <Ελλάδα> Ковальчук 株式会社さくら 김철수 王堃' }, seller: null, broker: samplePaper('invoice').parties.broker };
    await add('names', 'invoice', { case: 'agent' }, { paper: { parties: names } });
    const found = await verdicts(files);
    expect(found.map(({ valid, errors, file }) => [file.split('/').at(-1), valid, errors])).toEqual(Object.keys(files).map((name) => [`${name}.pdf`, true, []]));
  }, 300_000);

  it('are judged at all: a cent that is in no line is found', async () => {
    const { invoice } = samplePaper('invoice', { case: 'standard' });
    if (invoice === null) throw new Error('the sample is an invoice');
    const [found] = await verdicts({ wrong: (await renderSample('invoice', { case: 'standard' }, { paper: { invoice: { ...invoice, net: invoice.net + 1 } } })).pdf });
    expect(found?.valid).toBe(false);
    expect(found?.errors.join(' ')).toContain('BR-CO-10');
  }, 300_000);

  it('and every other document is PDF/A-3 as well, signed by the platform too', async () => {
    const files: Record<string, Buffer> = {};
    for (const [index, kind] of documentKinds.entries()) files[`a-${kind}`] = (await renderSample(kind, { language: languages[index % 3] ?? 'en', ...(kind === 'prepayment_invoice' ? { case: 'standard' } : {}) })).pdf;
    files.draft = (await renderSample('purchase_contract', { draft: true })).pdf;
    const key = readSigningKey(generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
    files.sealed = signPdf((await renderSample('purchase_contract')).pdf, { at: new Date('2026-11-25T10:15:00Z'), reason: 'PC-2026-000123', by: 'Isar Automobile GmbH' }, key);
    files.american = (await renderSample('mandate', { language: 'en', american: true })).pdf;
    const found = await verdicts(files);
    expect(found.map(({ file, report }) => [file.split('/').at(-1), /flavour=3b[^\]]*assertions=\[\], isCompliant=true/u.test(report)])).toEqual(Object.keys(files).map((name) => [`${name}.pdf`, true]));
  }, 300_000);
});
