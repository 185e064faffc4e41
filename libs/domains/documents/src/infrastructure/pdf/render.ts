import type { PageRequest } from '../../application/ports';
import type { Composed } from '../../domain/paper/composed';
import { drawHeading, drawPiece, drawPieces } from './draw-pieces';
import { attachInvoice } from './factur-x';
import { hair, ink, muted, Sheet } from './sheet';

/** Writes a document as PDF/A-3. The same input gives the same bytes. Runs in a worker thread. */
export async function renderDocument({ composed, contentHash, invoiceXml, evidence }: PageRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { letterhead, title, subject, language, paperSize } = composed;
  const at = new Date(composed.issuedAt);
  const number = composed.meta[0]?.[1] ?? '';
  const sheet = new Sheet({ size: paperSize, title: `${title} ${number}`, author: letterhead.name, subject, language, at, colour: letterhead.colour });
  sheet.onPage = (first) => {
    if (composed.watermark !== null) drawWatermark(sheet, composed.watermark);
    sheet.box(0, 0, sheet.doc.page.width, 6, letterhead.colour);
    return first ? drawFirstHead(sheet, composed) : drawNextHead(sheet, composed);
  };
  sheet.page();
  if (composed.replaces !== null) drawPiece(sheet, { piece: 'note', text: composed.replaces });
  drawPieces(sheet, composed.pieces);
  if (evidence !== null) {
    sheet.page();
    drawHeading(sheet, evidence.title, 15);
    drawPieces(sheet, evidence.pieces);
  }
  drawFeet(sheet, composed, contentHash);
  if (invoiceXml !== null) attachInvoice(sheet.doc, invoiceXml, at);
  return sheet.bytes();
}

function drawFirstHead(sheet: Sheet, composed: Composed): number {
  const { letterhead, meta, addressee, title, subject } = composed;
  const { logo } = letterhead;
  if (logo === null) drawName(sheet, letterhead.name, letterhead.colour);
  else sheet.doc.image(Buffer.from(logo.base64, 'base64'), sheet.left, 32, { fit: [190, 52] });

  let titleY = addressee.length === 0 ? drawMetaRow(sheet, meta) : drawAddress(sheet, composed);
  titleY += sheet.put(title, sheet.left, titleY, sheet.width, { font: 'bold', size: 20, colour: ink });
  if (subject !== '') titleY += sheet.put(subject, sheet.left, titleY + 1, sheet.width, { size: 10.5, colour: muted }) + 1;
  return titleY + 14;
}

/** The address stands where the window of an envelope is (DIN 5008, form B: down to 90 mm), and the title under it. */
function drawAddress(sheet: Sheet, { letterhead, meta, addressee }: Composed): number {
  let y = 128;
  y += sheet.put(sheet.clip(letterhead.sender, 480, { size: 6.5 }), sheet.left, y, 245, { size: 6.5, colour: muted }) + 5;
  for (const [index, line] of addressee.entries()) y += sheet.put(line, sheet.left, y, 245, { size: 10.5, font: index === 0 ? 'bold' : 'regular' });
  const metaX = sheet.left + 285;
  const metaWidth = sheet.width - 285;
  let metaY = 128;
  for (const entry of meta) metaY += drawMeta(sheet, entry, metaX, metaY, metaWidth, entry === meta[0]) + 4;
  return Math.max(y + 18, metaY + 8, 250);
}

/** Beside each other where no address takes the place. */
function drawMetaRow(sheet: Sheet, meta: Composed['meta']): number {
  const gap = 14;
  // The last of them says most.
  const part = (sheet.width - gap * (meta.length - 1)) / (meta.length + 0.75);
  const heights = meta.map((entry, index) => drawMeta(sheet, entry, sheet.left + index * (part + gap), 92, index === meta.length - 1 ? part * 1.75 : part, index === 0));
  return 92 + Math.max(...heights) + 16;
}

function drawMeta(sheet: Sheet, [label, value]: Composed['meta'][number], x: number, y: number, width: number, strong: boolean): number {
  const height = sheet.put(label, x, y, width, { size: 7.5, colour: muted, gap: 0 });
  return height + sheet.put(value, x, y + height, width, { size: 10, font: strong ? 'bold' : 'regular' });
}

/** As large as it fits on two lines. */
function drawName(sheet: Sheet, name: string, colour: string): void {
  const width = sheet.width * 0.72;
  const size = [19, 16, 13, 10.5].find((each) => sheet.height(name, width, { font: 'bold', size: each }) < each * 3) ?? 9;
  sheet.put(size === 9 ? sheet.clip(name, width * 2, { font: 'bold', size }) : name, sheet.left, 44, width, { font: 'bold', size, colour });
}

function drawNextHead(sheet: Sheet, { title, letterhead, meta }: Composed): number {
  const [left, right] = [sheet.width * 0.42, sheet.width * 0.55];
  sheet.put(sheet.clip(letterhead.name, left, { font: 'bold', size: 9.5 }), sheet.left, 30, left, { font: 'bold', size: 9.5, colour: letterhead.colour });
  sheet.put(sheet.clip(`${title} ${meta[0]?.[1] ?? ''}`, right, { size: 9 }), sheet.left + sheet.width - right, 30, right, { size: 9, colour: muted, align: 'right' });
  sheet.rule(48);
  return 64;
}

function drawFeet(sheet: Sheet, { letterhead, reference, pageLabel }: Composed, contentHash: string): void {
  const { doc } = sheet;
  const { start, count } = doc.bufferedPageRange();
  const columns = letterhead.foot;
  const gap = 14;
  // As wide as each needs to be: an IBAN is not broken.
  const style = { size: 7, colour: muted, gap: 0.5 } as const;
  const most = sheet.width * 0.36;
  const wishes = columns.map((lines) => Math.min(most, Math.max(...lines.map((line) => sheet.widthOf(line, style))) + 4));
  const room = sheet.width - gap * Math.max(0, columns.length - 1);
  const wished = wishes.reduce((sum, wish) => sum + wish, 0);
  const widths = wishes.map((wish) => (wished <= room ? wish + (room - wished) / columns.length : (wish * room) / wished));
  const places = widths.map((_, column) => sheet.left + widths.slice(0, column).reduce((sum, each) => sum + each + gap, 0));
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    const top = sheet.floor + 8;
    sheet.rule(top, sheet.left, sheet.width, hair);
    columns.forEach((lines, column) => {
      let y = top + 7;
      const width = widths[column] ?? room;
      // A line each, so that all of them are above the last one of the page.
      for (const line of lines.slice(0, 5)) y += sheet.put(sheet.clip(line, width, style), places[column] ?? sheet.left, y, width, style);
    });
    const base = sheet.pageHeight - 20;
    sheet.put(`${reference} · SHA-256 ${contentHash.slice(0, 32)}`, sheet.left, base, sheet.width * 0.8, { size: 6, colour: muted });
    const label = pageLabel.replace('{page}', String(page - start + 1)).replace('{pages}', String(count));
    sheet.put(label, sheet.left + sheet.width * 0.8, base - 1, sheet.width * 0.2, { size: 7, colour: muted, align: 'right' });
  }
}

/** Under the content and in a plain light grey: without transparency it looks the same everywhere. */
function drawWatermark(sheet: Sheet, text: string): void {
  const { doc } = sheet;
  const { width, height } = doc.page;
  const size = 110;
  doc.save().rotate(-52, { origin: [width / 2, height / 2] });
  sheet.put(text, 0, height / 2 - size / 2, width, { font: 'bold', size, colour: '#eceff3', align: 'center' });
  doc.restore();
}
