import type { Piece, SignatureMark } from '../../domain/paper/composed';
import { drawTable } from './draw-table';
import { ink, muted, type Sheet, tint } from './sheet';

const between = 12;

/** Draws one piece from the cursor on. */
export function drawPiece(sheet: Sheet, piece: Piece): void {
  switch (piece.piece) {
    case 'text':
      return drawText(sheet, piece.text, piece.size);
    case 'heading':
      return drawHeading(sheet, piece.text);
    case 'parties':
      return drawParties(sheet, piece.parties);
    case 'facts':
      return drawFacts(sheet, piece.title, piece.rows);
    case 'table':
      if (piece.title !== null) drawHeading(sheet, piece.title, 9.5);
      return drawTable(sheet, piece);
    case 'clauses':
      return drawClauses(sheet, piece.clauses);
    case 'choices':
      return drawChoices(sheet, piece.choices);
    case 'note':
      return drawNote(sheet, piece.text);
    case 'signatures':
      return drawSignatures(sheet, piece);
  }
}

function drawText(sheet: Sheet, text: string, size: 'normal' | 'lead' | 'small'): void {
  const style = { normal: { size: 10, colour: ink }, lead: { size: 10.5, colour: ink }, small: { size: 8, colour: muted } }[size];
  sheet.flow(text, sheet.left, sheet.width, { ...style, gap: 2.5 });
  sheet.y += between;
}

export function drawHeading(sheet: Sheet, text: string, size = 11.5): void {
  // Never alone at the foot of a page.
  sheet.need(60);
  sheet.y += 4;
  sheet.y += sheet.put(text, sheet.left, sheet.y, sheet.width, { font: 'bold', size, colour: sheet.colour }) + 5;
}

function drawParties(sheet: Sheet, parties: Extract<Piece, { piece: 'parties' }>['parties']): void {
  if (parties.length === 0) return;
  const gap = 18;
  const width = (sheet.width - gap * (parties.length - 1)) / parties.length;
  const heightOf = ({ label, name, lines }: (typeof parties)[number]): number =>
    sheet.height(label, width, { size: 8 }) + sheet.height(name, width, { font: 'bold' }) + lines.reduce((sum, line) => sum + sheet.height(line, width, { size: 9.5 }), 0);
  const height = Math.max(...parties.map(heightOf)) + 12;
  sheet.need(height);
  parties.forEach(({ label, name, lines }, index) => {
    const x = sheet.left + index * (width + gap);
    sheet.rule(sheet.y, x, width, sheet.colour, 1);
    let y = sheet.y + 6;
    y += sheet.put(label, x, y, width, { size: 8, colour: muted });
    y += sheet.put(name, x, y, width, { font: 'bold' });
    for (const line of lines) y += sheet.put(line, x, y, width, { size: 9.5 });
  });
  sheet.y += height + between;
}

function drawFacts(sheet: Sheet, title: string | null, rows: Extract<Piece, { piece: 'facts' }>['rows']): void {
  if (rows.length === 0) return;
  if (title !== null) drawHeading(sheet, title);
  const gap = 18;
  // Short ones stand three in a row.
  const third = (sheet.width - 2 * gap) / 3;
  const inThrees = rows.length > 4 && rows.every(([label, value]) => value !== null && sheet.widthOf(value) <= third && sheet.widthOf(label, { size: 8 }) <= third);
  const columns = inThrees ? 3 : 2;
  const half = inThrees ? third : (sheet.width - gap) / 2;
  const cellHeight = (value: string | null, width: number): number => 11 + (value === null ? 18 : sheet.height(value, width)) + 7;
  let column = 0;
  let rowHeight = 0;
  const endRow = (): void => {
    if (column === 0) return;
    sheet.y += rowHeight;
    column = 0;
    rowHeight = 0;
  };
  rows.forEach(([label, value], index) => {
    const isWide = value !== null && sheet.widthOf(value) > half * 1.9;
    const width = isWide ? sheet.width : half;
    if (isWide) endRow();
    if (column === 0) {
      const beside = isWide ? [] : rows.slice(index + 1, index + columns).map(([, next]) => cellHeight(next, half));
      sheet.need(Math.max(cellHeight(value, width), ...beside));
    }
    const x = sheet.left + column * (half + gap);
    sheet.put(label, x, sheet.y, width, { size: 8, colour: muted });
    if (value === null) sheet.rule(sheet.y + 26, x, width - 20, muted);
    else sheet.put(value, x, sheet.y + 11, width);
    rowHeight = Math.max(rowHeight, cellHeight(value, width));
    column += 1;
    if (isWide || column === columns) endRow();
  });
  endRow();
  sheet.y += between - 6;
}

function drawClauses(sheet: Sheet, clauses: Extract<Piece, { piece: 'clauses' }>['clauses']): void {
  sheet.y += 4;
  clauses.forEach(({ title, text }, index) => {
    const indent = 22;
    // A title stays with the beginning of its text.
    sheet.need(15 + Math.min(45, sheet.height(text, sheet.width - indent)));
    sheet.put(`${index + 1}.`, sheet.left, sheet.y, indent, { font: 'bold', colour: sheet.colour });
    if (title !== '') sheet.y += sheet.put(title, sheet.left + indent, sheet.y, sheet.width - indent, { font: 'bold' }) + 1;
    sheet.flow(text, sheet.left + indent, sheet.width - indent, { size: 10, gap: 2 });
    sheet.y += 7;
  });
  sheet.y += between - 7;
}

function drawChoices(sheet: Sheet, choices: readonly string[]): void {
  for (const choice of choices) {
    const height = sheet.height(choice, sheet.width - 24);
    sheet.need(height);
    sheet.doc.save().lineWidth(0.9).strokeColor(ink).rect(sheet.left + 2, sheet.y + 1, 10, 10).stroke().restore();
    sheet.put(choice, sheet.left + 24, sheet.y, sheet.width - 24);
    sheet.y += height + 6;
  }
  sheet.y += between - 6;
}

function drawNote(sheet: Sheet, text: string): void {
  const inner = sheet.width - 26;
  const height = sheet.height(text, inner) + 16;
  sheet.need(height);
  sheet.box(sheet.left, sheet.y, sheet.width, height, tint);
  sheet.box(sheet.left, sheet.y, 3, height, sheet.colour);
  sheet.put(text, sheet.left + 15, sheet.y + 8, inner);
  sheet.y += height + between;
}

const boxHeight = 104;

function drawSignatures(sheet: Sheet, { boxes, place }: Extract<Piece, { piece: 'signatures' }>): void {
  if (boxes.length === 0) return;
  sheet.need(boxHeight + 10);
  sheet.y += 10;
  const gap = 30;
  const width = (sheet.width - gap * (boxes.length - 1)) / boxes.length;
  boxes.forEach(({ label, name, mark }, index) => {
    const x = sheet.left + index * (width + gap);
    if (mark !== null) drawMark(sheet, mark, x, sheet.y, width, 52);
    sheet.rule(sheet.y + 58, x, width, ink, 0.8);
    sheet.put(mark === null ? place : mark.at, x, sheet.y + 62, width, { size: 8, colour: muted });
    sheet.put(name, x, sheet.y + 74, width, { font: 'bold', size: 9.5 });
    sheet.put(label, x, sheet.y + 88, width, { size: 8, colour: muted });
  });
  sheet.y += boxHeight + between;
}

/** What somebody drew, fitted into its box; else their name. */
function drawMark(sheet: Sheet, { by, drawn }: SignatureMark, x: number, y: number, width: number, height: number): void {
  const { doc } = sheet;
  if (drawn === null) {
    sheet.put(by, x, y + height - 22, width, { size: 13, colour: sheet.colour });
    return;
  }
  if (drawn.kind === 'png') {
    doc.image(Buffer.from(drawn.base64, 'base64'), x, y, { fit: [Math.min(width, 190), height] });
    return;
  }
  const scale = Math.min(Math.min(width, 190) / drawn.width, height / drawn.height);
  doc.save().translate(x, y).scale(scale).lineWidth(1.6 / scale).lineCap('round').lineJoin('round').strokeColor(ink).path(drawn.path).stroke().restore();
}

