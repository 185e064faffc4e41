import { payable, type Prepayment } from '../invoice/figures';
import type { Piece, TableColumn, TableTotal } from './composed';
import type { Format } from './format';
import type { Language, Paper } from './paper';
import { carName } from './vehicle-words';
import { exemptionTexts, faultNames, frame, keepsWords, lineNames, payeeNames, returnWords, stageNames, type Words } from './words';

const named = (names: Readonly<Record<string, Words>>, code: string, { language }: Format): string => names[code]?.[language] ?? readable(code);
/** A code of a tenant's own, as well as it can be read. */
const readable = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');

export const lineName = (code: string, format: Format): string => named(lineNames, code, format);

const payeeColumns = (language: Language): TableColumn[] => [
  { label: frame.description[language], align: 'left', share: 0.55 },
  { label: frame.payee[language], align: 'left', share: 0.22 },
  { label: frame.amount[language], align: 'right', share: 0.23 },
];

/** All that a sale costs, and to whom it goes. */
export function priceTable({ price, vehicle }: Paper, format: Format): Piece {
  const { language } = format;
  const car = carName(vehicle);
  return {
    piece: 'table',
    title: null,
    columns: payeeColumns(language),
    rows: price.lines
      .filter(({ amount }) => amount !== 0)
      .map(({ code, amount, payee }) => [code === 'price' ? `${lineName(code, format)} ${car}` : lineName(code, format), named(payeeNames, payee, format), format.money(amount, price.currency)]),
    totals: [
      { label: frame.total[language], value: format.money(price.total, price.currency), strong: true },
      { label: frame.deposit[language], value: format.money(price.deposit, price.currency), strong: false },
      { label: frame.balance[language], value: format.money(price.balance, price.currency), strong: false },
    ],
  };
}

/** The invoice itself, what was invoiced of it before, and what else the buyer paid through us. */
export function invoicePieces(paper: Paper, format: Format): Piece[] {
  const { invoice, vehicle, kind } = paper;
  if (invoice === null) return [];
  const { language } = format;
  const money = (amount: number): string => format.money(amount, invoice.currency);
  const taxed = invoice.treatment === 'standard';
  const car = carName(vehicle);
  const describe = (code: string): string => (code === 'price' || code === 'prepayment' ? `${lineName(code, format)} ${car}${vehicle.vin === null ? '' : `, ${vehicle.vin}`}` : lineName(code, format));
  const totals: TableTotal[] = [];
  const row = (words: Words, amount: number, strong = false): void => void totals.push({ label: words[language], value: money(amount), strong });
  if (taxed) {
    row(frame.subtotal, invoice.net);
    for (const { rate, tax } of invoice.taxes) totals.push({ label: `${frame.rate[language]} ${format.percent(rate)}`, value: money(tax), strong: false });
  }
  if (invoice.rounding !== 0) row(frame.rounding, invoice.rounding);
  const isCredit = kind === 'credit_note';
  row(isCredit ? frame.credit : frame.total, payable(invoice), true);
  if (invoice.prepaid !== 0) {
    row(isCredit ? frame.creditedApart : frame.prepaid, -invoice.prepaid);
    row(isCredit ? frame.creditLeft : frame.due, invoice.due, true);
  }
  const pieces: Piece[] = [
    {
      piece: 'table',
      title: null,
      columns: [
        { label: '', align: 'left', share: 0.06 },
        { label: frame.description[language], align: 'left', share: taxed ? 0.5 : 0.62 },
        { label: frame.quantity[language], align: 'right', share: taxed ? 0.1 : 0.12 },
        ...(taxed ? [{ label: frame.rate[language], align: 'right' as const, share: 0.14 }] : []),
        { label: taxed ? frame.net[language] : frame.amount[language], align: 'right', share: 0.2 },
      ],
      rows: invoice.lines.map(({ code, net, rate }, index) => [String(index + 1), describe(code), '1', ...(taxed ? [format.percent(rate)] : []), money(net)]),
      totals,
    },
  ];
  const exemption = exemptionTexts[invoice.treatment];
  if (exemption !== null && invoice.treatment !== 'margin') pieces.push({ piece: 'note', text: exemption[language] });
  if (invoice.prepayments.length > 0) {
    pieces.push({
      piece: 'table',
      title: frame.prepayments[language],
      columns: [
        { label: frame.number[language], align: 'left', share: 0.28 },
        { label: frame.date[language], align: 'left', share: 0.24 },
        { label: frame.net[language], align: 'right', share: 0.16 },
        { label: frame.tax[language], align: 'right', share: 0.16 },
        { label: frame.gross[language], align: 'right', share: 0.16 },
      ],
      rows: invoice.prepayments.map(({ number, issuedAt, net, tax, gross }) => [number, format.date(issuedAt), money(net), money(tax), money(gross)]),
      totals: isCredit ? [] : remainder(paper, format),
    });
  }
  if (invoice.passedThrough.length > 0) {
    pieces.push({
      piece: 'table',
      title: frame.settlement[language],
      columns: payeeColumns(language),
      rows: invoice.passedThrough.map(({ code, amount, payee }) => [lineName(code, format), named(payeeNames, payee, format), money(amount)]),
      totals: [{ label: frame.orderTotal[language], value: money(invoice.orderTotal), strong: false }],
    });
  }
  return pieces;
}

/** What is left of an invoice when its prepayments are taken off, tax and all: it is that which this invoice is of (§ 14 (5) UStG). */
function remainder({ invoice }: Paper, { language, money }: Format): TableTotal[] {
  if (invoice === null) return [];
  const left = (of: (prepayment: Prepayment) => number, whole: number): string => money(whole - invoice.prepayments.reduce((sum, prepayment) => sum + of(prepayment), 0), invoice.currency);
  return [
    { label: frame.remainingNet[language], value: left(({ net }) => net, invoice.net), strong: false },
    { label: frame.remainingTax[language], value: left(({ tax }) => tax, invoice.tax), strong: false },
    { label: frame.remainingGross[language], value: left(({ gross }) => gross, payable(invoice)), strong: true },
  ];
}

/** Causes that come to the same stand together. */
export function refundTable({ refundMatrix }: Paper, format: Format): Piece[] {
  if (refundMatrix.length === 0) return [];
  const { language } = format;
  const alike = Map.groupBy(refundMatrix, ({ stage, percent, keeps, returnPaidBy, note }) => JSON.stringify([stage, percent, keeps, returnPaidBy, keeps === null ? note : null]));
  return [
    {
      piece: 'table',
      title: null,
      columns: [
        { label: frame.stage[language], align: 'left', share: 0.23 },
        { label: frame.fault[language], align: 'left', share: 0.28 },
        { label: frame.back[language], align: 'right', share: 0.13 },
        { label: frame.remark[language], align: 'left', share: 0.36 },
      ],
      rows: [...alike.values()].flatMap((rules) => {
        const [first] = rules;
        if (first === undefined) return [];
        const { stage, percent, keeps, returnPaidBy, note } = first;
        const remark = keeps === null ? note : [keepsWords[keeps]?.[language], returnPaidBy === null ? null : returnWords[returnPaidBy]?.[language]].filter((part) => part != null).join(' ');
        return [[named(stageNames, stage, format), rules.map(({ fault }) => named(faultNames, fault, format)).join(', '), percent === null ? '–' : format.percent(percent * 100), remark ?? '']];
      }),
      totals: [],
    },
  ];
}
