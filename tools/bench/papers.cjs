// How long a paper takes to write: an invoice of two pages as a PDF, and with its data in it (Factur-X). From what it says to the bytes.
const { contentHashOf } = require('../../libs/domains/documents/src/application/content.ts');
const { writeCii } = require('../../libs/domains/documents/src/domain/invoice/cii.ts');
const { eInvoiceOf } = require('../../libs/domains/documents/src/domain/invoice/from-paper.ts');
const { compose } = require('../../libs/domains/documents/src/domain/paper/compose.ts');
const { templates } = require('../../libs/domains/documents/src/domain/templates/index.ts');
const { renderDocument } = require('../../libs/domains/documents/src/infrastructure/pdf/render.ts');
const { isarBranding, samplePaper } = require('../../libs/domains/documents/src/testing/sample-papers.ts');

const times = 60;
const branding = isarBranding;
const paper = samplePaper('invoice', { language: 'de', case: 'standard' });

const write = async (withData) => {
  const composed = compose({ paper, template: templates.invoice, branding });
  const invoice = withData ? eInvoiceOf(paper, branding) : null;
  return renderDocument({ composed, contentHash: contentHashOf(composed), invoiceXml: invoice === null ? null : writeCii(invoice), evidence: null });
};

const run = async (name, withData) => {
  const taken = [];
  let bytes = null;
  for (let turn = -5; turn < times; turn += 1) {
    const began = performance.now();
    bytes = await write(withData);
    if (turn >= 0) taken.push(performance.now() - began);
  }
  const said = Buffer.from(bytes).toString('latin1');
  if (said.includes('factur-x.xml') !== withData) throw new Error(`${name} is not what it should be`);
  return { name, pages: said.match(/\/Type \/Page\b/gu)?.length ?? 0, bytes: bytes.length, times: taken };
};

const main = async () => process.stdout.write(JSON.stringify([await run('invoice_pdf', false), await run('facturx', true)]));
void main();
