import type { Piece, SignatureMark } from '../../domain/paper/composed';
import { drawTable, tableLead } from './draw-table';
import { ink, muted, type Sheet, tint } from './sheet';

const between = 10;

/** Draws pieces from the cursor on. Signatures never stand on a page by themselves, and a heading not without what it is of. */
export function drawPieces(sheet: Sheet, pieces: readonly Piece[]): void {
  pieces.forEach((piece, index) => drawPiece(sheet, piece, heightAfter(sheet, pieces, index)));
}

/** How much of what follows belongs on the same page. */
function heightAfter(sheet: Sheet, pieces: readonly Piece[], index: number): number {
  const [piece, next] = [pieces[index], pieces[index + 1]];
  if (next?.piece === 'signatures') return signaturesHeight(sheet, next.boxes);
  const leads = piece?.piece === 'heading' || piece?.piece === 'text';
  if (leads && next?.piece === 'table') return tableLead(sheet, next);
  return piece?.piece === 'heading' && next?.piece === 'text' ? textHeight(sheet, next) + heightAfter(sheet, pieces, index + 1) : 0;
}

export function drawPiece(sheet: Sheet, piece: Piece, after = 0): void {
  switch (piece.piece) {
    case 'text':
      return drawText(sheet, piece.text, piece.size, after);
    case 'heading':
      return drawHeading(sheet, piece.text, 11.5, after);
    case 'parties':
      return drawParties(sheet, piece.parties);
    case 'facts':
      return drawFacts(sheet, piece.title, piece.rows);
    case 'table':
      if (piece.title !== null) drawHeading(sheet, piece.title, 9.5, tableLead(sheet, piece));
      return drawTable(sheet, piece);
    case 'clauses':
      return drawClauses(sheet, piece.clauses, after);
    case 'choices':
      return drawChoices(sheet, piece.choices);
    case 'note':
      return drawNote(sheet, piece.text, after);
    case 'signatures':
      return drawSignatures(sheet, piece);
  }
}

const textStyles = { normal: { size: 10, colour: ink, gap: 2.5 }, lead: { size: 10.5, colour: ink, gap: 2.5 }, small: { size: 8, colour: muted, gap: 2.5 } } as const;
const textHeight = (sheet: Sheet, { text, size }: Pick<Extract<Piece, { piece: 'text' }>, 'text' | 'size'>): number => sheet.height(text, sheet.width, textStyles[size]) + between;

function drawText(sheet: Sheet, text: string, size: keyof typeof textStyles, after = 0): void {
  if (after > 0) sheet.need(Math.min(textHeight(sheet, { text, size }) + after, sheet.floor * 0.6));
  sheet.flow(text, sheet.left, sheet.width, textStyles[size]);
  sheet.y += between;
}

export function drawHeading(sheet: Sheet, text: string, size = 11.5, after = 0): void {
  // Never alone at the foot of a page.
  sheet.need(Math.max(60, 24 + after));
  sheet.y += 2;
  sheet.y += sheet.put(text, sheet.left, sheet.y, sheet.width, { font: 'bold', size, colour: sheet.colour }) + 4;
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

type Fact = Extract<Piece, { piece: 'facts' }>['rows'][number];

/** In columns: what is short takes one, what is longer two or all of them. */
function drawFacts(sheet: Sheet, title: string | null, facts: readonly Fact[]): void {
  if (facts.length === 0) return;
  if (title !== null) drawHeading(sheet, title);
  const gap = 18;
  const columns = 3;
  const cell = (sheet.width - gap * (columns - 1)) / columns;
  const widthOf = (span: number): number => span * cell + (span - 1) * gap;
  const spanOf = ([label, value]: Fact): number => {
    if (value === null) return 1;
    const wish = value.includes('\n') ? Infinity : Math.max(sheet.widthOf(value), sheet.widthOf(label, { size: 8 }));
    return Array.from({ length: columns }, (_, index) => index + 1).find((span) => wish <= widthOf(span)) ?? columns;
  };
  let row: { readonly fact: Fact; readonly column: number; readonly span: number }[] = [];
  const endRow = (): void => {
    drawFactRow(sheet, row.map(({ fact, column, span }) => ({ fact, x: sheet.left + column * (cell + gap), width: widthOf(span) })));
    row = [];
  };
  for (const fact of facts) {
    const span = spanOf(fact);
    const column = row.reduce((sum, each) => sum + each.span, 0);
    if (column + span > columns) endRow();
    row.push({ fact, column: row.length === 0 ? 0 : column, span });
  }
  endRow();
  sheet.y += between - 6;
}

function drawFactRow(sheet: Sheet, cells: readonly { readonly fact: Fact; readonly x: number; readonly width: number }[]): void {
  const height = Math.max(...cells.map(({ fact: [label, value], width }) => sheet.height(label, width, { size: 8 }) + (value === null ? 18 : sheet.height(value, width)) + 5));
  const [only] = cells;
  // Too long for any page: over as many as it takes.
  if (cells.length === 1 && only?.fact[1] != null && height > sheet.floor / 2) {
    sheet.need(60);
    sheet.y += sheet.put(only.fact[0], only.x, sheet.y, only.width, { size: 8, colour: muted });
    sheet.flow(only.fact[1], only.x, only.width);
    sheet.y += 6;
    return;
  }
  sheet.need(height);
  for (const { fact: [label, value], x, width } of cells) {
    const top = sheet.y + sheet.put(label, x, sheet.y, width, { size: 8, colour: muted });
    if (value === null) sheet.rule(top + 14, x, width - 20, muted);
    else sheet.put(value, x, top - 1, width);
  }
  sheet.y += height;
}

function drawClauses(sheet: Sheet, clauses: Extract<Piece, { piece: 'clauses' }>['clauses'], after: number): void {
  sheet.y += 4;
  clauses.forEach(({ title, text }, index) => {
    const indent = 22;
    const height = 15 + sheet.height(text, sheet.width - indent);
    // A title stays with the beginning of its text, and the last of them with what follows.
    const together = after > 0 && index === clauses.length - 1 && height + after < sheet.floor / 2;
    sheet.need(together ? height + after + between : Math.min(60, height));
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

function drawNote(sheet: Sheet, text: string, after = 0): void {
  const inner = sheet.width - 26;
  const height = sheet.height(text, inner) + 16;
  if (height > sheet.floor / 2) return drawText(sheet, text, 'normal');
  sheet.need(height + (height + after < sheet.floor / 2 ? after : 0));
  sheet.box(sheet.left, sheet.y, sheet.width, height, tint);
  sheet.box(sheet.left, sheet.y, 3, height, sheet.colour);
  sheet.put(text, sheet.left + 15, sheet.y + 8, inner);
  sheet.y += height + between;
}

type Boxes = Extract<Piece, { piece: 'signatures' }>['boxes'];
const boxGap = 30;
const nameStyle = { font: 'bold', size: 9.5 } as const;

const boxWidth = (sheet: Sheet, boxes: Boxes): number => (sheet.width - boxGap * (boxes.length - 1)) / Math.max(1, boxes.length);
const namesHeight = (sheet: Sheet, boxes: Boxes): number => Math.max(0, ...boxes.map(({ name }) => sheet.height(name, boxWidth(sheet, boxes), nameStyle)));
const signaturesHeight = (sheet: Sheet, boxes: Boxes): number => 88 + namesHeight(sheet, boxes);

function drawSignatures(sheet: Sheet, { boxes, place }: Extract<Piece, { piece: 'signatures' }>): void {
  if (boxes.length === 0) return;
  const [gap, width, nameHeight] = [boxGap, boxWidth(sheet, boxes), namesHeight(sheet, boxes)];
  const boxHeight = 78 + nameHeight;
  sheet.need(signaturesHeight(sheet, boxes));
  sheet.y += 10;
  boxes.forEach(({ label, name, mark }, index) => {
    const x = sheet.left + index * (width + gap);
    if (mark !== null) drawMark(sheet, mark, x, sheet.y, width, 42);
    sheet.rule(sheet.y + 46, x, width, ink, 0.8);
    sheet.put(mark === null ? place : mark.at, x, sheet.y + 50, width, { size: 8, colour: muted });
    sheet.put(name, x, sheet.y + 62, width, nameStyle);
    sheet.put(label, x, sheet.y + 62 + nameHeight, width, { size: 8, colour: muted });
  });
  sheet.y += boxHeight + between;
}

/** What somebody drew, fitted into its box; else their name. */
function drawMark(sheet: Sheet, { by, drawn }: SignatureMark, x: number, y: number, width: number, height: number): void {
  const { doc } = sheet;
  if (drawn === null) {
    sheet.put(sheet.clip(by, width, { size: 13 }), x, y + height - 22, width, { size: 13, colour: sheet.colour });
    return;
  }
  if (drawn.kind === 'png') {
    doc.image(Buffer.from(drawn.base64, 'base64'), x, y, { fit: [Math.min(width, 190), height] });
    return;
  }
  const scale = Math.min(Math.min(width, 190) / drawn.width, height / drawn.height);
  doc.save().translate(x, y).scale(scale).lineWidth(1.6 / scale).lineCap('round').lineJoin('round').strokeColor(ink).path(drawn.path).stroke().restore();
}
