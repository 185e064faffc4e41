import { deflateSync } from 'node:zlib';
import PDFDocument = require('pdfkit');

/** From here on a paper gets hardly smaller, and takes twice as long. */
const usualLevel = 4;

export const packed = (bytes: Uint8Array, level = usualLevel): Uint8Array => deflateSync(bytes, { level });

/** The library's document, whose pages are gathered as text and packed when all is said: it would take them to bytes word by word. */
export class PaperFile extends PDFDocument {
  private readonly told = new Map<PDFKit.PDFPage, string[]>();

  override addContent(part: string): this {
    const parts = this.told.get(this.page);
    if (parts === undefined) this.told.set(this.page, [part]);
    else parts.push(part);
    return this;
  }

  override end(): void {
    for (const [{ content }, parts] of this.told) {
      Object.assign(content.data, { Filter: 'FlateDecode' });
      content.compress = false;
      content.write(packed(Buffer.from(parts.join('\n'), 'latin1')));
    }
    super.end();
  }

  /** An object of its own in the file, with bytes that are packed already. */
  putPacked(data: object, bytes: Uint8Array): PDFKit.PDFKitReference {
    const made = this.ref({ ...data, Filter: 'FlateDecode' });
    made.end(bytes);
    return made;
  }

  put(data: object): PDFKit.PDFKitReference {
    const made = this.ref(data);
    made.end(null);
    return made;
  }
}
