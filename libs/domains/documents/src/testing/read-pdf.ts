import { inflateSync } from 'node:zlib';

/** What is attached to a PDF under a name: for specs, by its stream. Null where there is none. */
export function attachedXml(pdf: Buffer): string | null {
  for (const stream of streamsOf(pdf)) if (stream.startsWith('<?xml') && stream.includes('CrossIndustryInvoice')) return stream;
  return null;
}

/** Every stream of a PDF that is text once it is unpacked. */
function* streamsOf(pdf: Buffer): Generator<string> {
  let at = 0;
  for (;;) {
    const start = pdf.indexOf('stream\n', at);
    if (start < 0) return;
    const end = pdf.indexOf('endstream', start);
    if (end < 0) return;
    const body = pdf.subarray(start + 7, end);
    try {
      yield inflateSync(body).toString('utf8');
    } catch {
      yield body.toString('utf8');
    }
    at = end + 9;
  }
}
