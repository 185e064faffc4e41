import type { DocumentKind } from '@autobroker/kernel';
import { contentHashOf } from '../application/content';
import { writeCii } from '../domain/invoice/cii';
import { eInvoiceOf } from '../domain/invoice/from-paper';
import { compose } from '../domain/paper/compose';
import type { Branding, Paper } from '../domain/paper/paper';
import { templates } from '../domain/templates';
import { renderDocument } from '../infrastructure/pdf/render';
import { isarBranding, samplePaper, type SampleOptions } from './sample-papers';

export interface Rendered {
  readonly pdf: Buffer;
  readonly xml: string | null;
}

/** A document as the service would write it, without the service. */
export async function renderSample(kind: DocumentKind, options: SampleOptions = {}, change: { readonly paper?: Partial<Paper>; readonly branding?: Branding } = {}): Promise<Rendered> {
  const branding = change.branding ?? isarBranding;
  const paper: Paper = { ...samplePaper(kind, options), ...change.paper };
  const composed = compose({ paper, template: templates[kind], branding });
  const invoice = eInvoiceOf(paper, branding);
  const xml = invoice === null ? null : writeCii(invoice);
  const pdf = await renderDocument({ composed, contentHash: contentHashOf(composed), invoiceXml: xml, evidence: null });
  return { pdf: Buffer.from(pdf), xml };
}
