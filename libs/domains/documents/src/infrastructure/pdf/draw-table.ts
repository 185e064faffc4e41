import type { Piece, TableTotal } from '../../domain/paper/composed';
import { ink, muted, type Sheet, tint } from './sheet';

type Table = Extract<Piece, { piece: 'table' }>;

const padX = 7;
const padY = 5;

interface Lines {
  readonly places: readonly { readonly x: number; readonly width: number }[];
  inner(index: number): number;
  heightOf(row: readonly string[], style: { size: number; font?: 'bold' }): number;
}

const headStyle = { size: 8.5, font: 'bold' } as const;

function linesOf(sheet: Sheet, { columns }: Table): Lines {
  const places = columns.map(({ share }, index) => ({ x: sheet.left + columns.slice(0, index).reduce((sum, column) => sum + column.share, 0) * sheet.width, width: share * sheet.width }));
  const inner = (index: number): number => (places[index]?.width ?? 0) - 2 * padX;
  return { places, inner, heightOf: (row, style) => Math.max(...row.map((text, index) => (text === '' ? 0 : sheet.height(text, inner(index), style)))) + 2 * padY };
}

/** From its head to its last total. */
export function tableHeight(sheet: Sheet, table: Table): number {
  const { heightOf } = linesOf(sheet, table);
  const rows = table.rows.reduce((sum, row) => sum + heightOf(row, { size: 10 }), heightOf(table.columns.map(({ label }) => label), headStyle));
  return rows + table.totals.reduce((sum, total) => sum + totalHeight(sheet, total), 10);
}

/** A table with its head again on every page that it goes on to, and its totals together with its last row; a small one in one piece. */
export function drawTable(sheet: Sheet, table: Table): void {
  const { columns, rows, totals } = table;
  const { places, inner, heightOf } = linesOf(sheet, table);
  const totalsHeight = totals.reduce((sum, total) => sum + totalHeight(sheet, total), 0) + 6;
  const put = (row: readonly string[], style: { size: number; font?: 'bold'; colour: string }): void =>
    row.forEach((text, index) => {
      const place = places[index];
      if (place !== undefined && text !== '') sheet.put(text, place.x + padX, sheet.y + padY, inner(index), { ...style, align: columns[index]?.align ?? 'left' });
    });
  const head = (): void => {
    const labels = columns.map(({ label }) => label);
    const height = heightOf(labels, headStyle);
    sheet.box(sheet.left, sheet.y, sheet.width, height, tint);
    put(labels, { ...headStyle, colour: muted });
    sheet.y += height;
  };
  const headHeight = heightOf(columns.map(({ label }) => label), headStyle);
  const first = rows[0] === undefined ? 0 : heightOf(rows[0], { size: 10 });
  const whole = tableHeight(sheet, table);
  sheet.need(whole < sheet.floor * 0.45 ? whole : headHeight + first + (rows.length <= 1 ? totalsHeight : 0));
  head();
  rows.forEach((row, index) => {
    const height = heightOf(row, { size: 10 });
    if (sheet.need(height + (index === rows.length - 1 ? totalsHeight : 0))) head();
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

const totalHeight = (sheet: Sheet, total: TableTotal): number => totalPlace(sheet, total).height;

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
