import type { Piece, TableTotal } from '../../domain/paper/composed';
import { ink, muted, type Sheet, tint } from './sheet';

type Table = Extract<Piece, { piece: 'table' }>;

const padX = 7;
const padY = 5;

const headStyle = { size: 8.5, font: 'bold' } as const;

/** Where the columns of a table stand, and how high its parts are. */
function measured(sheet: Sheet, { columns, rows, totals }: Table) {
  const places = columns.map(({ share }, index) => ({ x: sheet.left + columns.slice(0, index).reduce((sum, column) => sum + column.share, 0) * sheet.width, width: share * sheet.width }));
  const inner = (index: number): number => (places[index]?.width ?? 0) - 2 * padX;
  const heightOf = (row: readonly string[], style: { size: number; font?: 'bold' }): number => Math.max(...row.map((text, index) => (text === '' ? 0 : sheet.height(text, inner(index), style)))) + 2 * padY;
  const labels = columns.map(({ label }) => label);
  const [headHeight, rowHeights] = [heightOf(labels, headStyle), rows.map((row) => heightOf(row, { size: 10 }))];
  const totalsHeight = totals.reduce((sum, total) => sum + totalPlace(sheet, total).height, 0);
  return { places, inner, labels, headHeight, rowHeights, totalsHeight, whole: rowHeights.reduce((sum, height) => sum + height, headHeight) + totalsHeight + 10 };
}

/** From here on a table may be parted. */
const large = (sheet: Sheet): number => sheet.floor * 0.45;

/** How much of a table has to stand together with what leads to it. */
export const tableLead = (sheet: Sheet, table: Table): number => Math.min(measured(sheet, table).whole, large(sheet));

/** A table with its head again on every page that it goes on to, and its totals together with its last row; a small one in one piece. */
export function drawTable(sheet: Sheet, table: Table): void {
  const { columns, rows, totals } = table;
  const { places, inner, labels, headHeight, rowHeights, totalsHeight, whole } = measured(sheet, table);
  const put = (row: readonly string[], style: { size: number; font?: 'bold'; colour: string }): void =>
    row.forEach((text, index) => {
      const place = places[index];
      if (place !== undefined && text !== '') sheet.put(text, place.x + padX, sheet.y + padY, inner(index), { ...style, align: columns[index]?.align ?? 'left' });
    });
  const head = (): void => {
    sheet.box(sheet.left, sheet.y, sheet.width, headHeight, tint);
    put(labels, { ...headStyle, colour: muted });
    sheet.y += headHeight;
  };
  const end = totalsHeight + 6;
  sheet.need(whole < large(sheet) ? whole : headHeight + (rowHeights[0] ?? 0) + (rows.length <= 1 ? end : 0));
  head();
  rows.forEach((row, index) => {
    const height = rowHeights[index] ?? 0;
    if (sheet.need(height + (index === rows.length - 1 ? end : 0))) head();
    put(row, { size: 10, colour: ink });
    sheet.y += height;
    sheet.rule(sheet.y);
  });
  sheet.y += 4;
  for (const total of totals) drawTotal(sheet, total);
  sheet.y += 14;
}

/** Where the label and the figure of a total stand, and how high it is. */
function totalPlace(sheet: Sheet, { label, value, strong }: TableTotal) {
  const width = sheet.width * 0.56;
  const style = strong ? ({ font: 'bold', size: 11.5, colour: sheet.colour } as const) : ({ size: 10, colour: ink } as const);
  const valueWidth = sheet.widthOf(value, style) + 2;
  const labelWidth = width - valueWidth - 3 * padX;
  return { width, style, valueWidth, labelWidth, height: Math.max(strong ? 24 : 17, sheet.height(label, labelWidth, style) + (strong ? 8 : 3)) };
}

function drawTotal(sheet: Sheet, total: TableTotal): void {
  const { label, value, strong } = total;
  const { width, style, valueWidth, labelWidth, height } = totalPlace(sheet, total);
  sheet.need(height);
  const x = sheet.left + sheet.width - width;
  if (strong) sheet.rule(sheet.y + 1, x, width, sheet.colour, 1.1);
  const y = sheet.y + (strong ? 6 : 2);
  sheet.put(label, x + padX, y, labelWidth, style);
  sheet.put(value, sheet.left + sheet.width - padX - valueWidth, y, valueWidth, { ...style, align: 'right' });
  sheet.y += height;
}
