import { Inject, Injectable } from '@nestjs/common';
import type { OrderPriceJson } from '@autobroker/contracts';
import { ok, refuse, type Refusal, type Result, sellsAsOwn } from '@autobroker/kernel';
import { type Database, databaseOf, systemScope } from '@autobroker/platform/database';
import { cameToNothing, type DocumentRecord, isInvoiceKind, isReplaced, isTakenBack } from '../domain/document';
import { creditFigures, invoiceFigures, paidBy, payable, type Prepayment, prepaymentFigures, type PriceLine } from '../domain/invoice/figures';
import { dayIn } from '../domain/paper/format';
import type { Language, Paper } from '../domain/paper/paper';
import { DocumentStore } from './ports';
import type { OrderParties, Sale } from './sale';

const across = systemScope('documents are written by jobs');
/** Nobody signs these for a car without its number. */
const namesTheCar: ReadonlySet<string> = new Set<DocumentRecord['kind']>(['purchase_contract', 'bill_of_sale']);

/** Whether it says anything of the other papers of its order. */
const looksAtOthers = ({ kind, context, replaces }: Pick<DocumentRecord, 'kind' | 'context' | 'replaces'>): boolean => isInvoiceKind(kind) || context.credits !== undefined || replaces !== null;

export interface WritingInput {
  readonly document: Pick<DocumentRecord, 'kind' | 'language' | 'version' | 'context' | 'replaces' | 'reason' | 'orderId'>;
  readonly sale: Sale;
  readonly parties: OrderParties;
  readonly settings: Readonly<Record<string, number>>;
  readonly timeZone: string;
  readonly at: Date;
  /** For the eye only: it gets no number. */
  readonly draft: boolean;
}

/** Brings together what a document says: the sale, its parties, its figures. Its number comes with its issue. */
@Injectable()
export class WritePaper {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly documents: DocumentStore,
  ) {}

  /** Refused where there is nothing to invoice, and where the agreed price and the tax that is due disagree. */
  async run({ document, sale, parties, settings, timeZone, at, draft }: WritingInput): Promise<Result<Paper, Refusal<'nothing_owed' | 'conflict' | 'not_found'>>> {
    // The order does not let it come to this; whoever asks for one by hand is told the same.
    if (namesTheCar.has(document.kind) && parties.vehicle.vin === null) return refuse('conflict', 'The number of the car (VIN) is not known');
    const { facts } = sale;
    const language: Language = document.language ?? sale.locale ?? 'en';
    const before = looksAtOthers(document) ? await this.documents.ofOrder(across, this.db, document.orderId) : [];
    // A next version, or what takes another back, is of the same sale: what goes by a day goes by that of the first.
    const first = firstOf(document.replaces ?? document.context.credits ?? null, before);
    const firstAt = first === null ? null : (first.numberedAt ?? first.plannedAt);
    const taxDay = firstAt === null ? null : dayIn(firstAt.toISOString(), timeZone);
    const invoice = isInvoiceKind(document.kind) ? this.figuresOf(document, sale, parties, taxDay ?? dayIn(at.toISOString(), timeZone), before, draft) : ok(null);
    if (!invoice.ok) return invoice;
    const credited = document.context.credits === undefined ? null : (before.find(({ id }) => id === document.context.credits) ?? null);
    const replaced = document.replaces === null ? null : (before.find(({ id }) => id === document.replaces) ?? null);
    const { price } = facts;
    return ok({
      kind: document.kind,
      number: null,
      version: document.version,
      language,
      issuedAt: at.toISOString(),
      timeZone,
      taxDay,
      replaces:
        replaced?.number == null || replaced.file === null || replaced.issuedAt === null
          ? null
          : { number: replaced.number, version: replaced.version, issuedAt: (replaced.numberedAt ?? replaced.issuedAt).toISOString(), sha256: replaced.file.sha256, reason: document.reason ?? '' },
      order: {
        id: sale.orderId,
        number: facts.number,
        capacity: facts.capacity,
        sellerKind: facts.sellerKind,
        buyerKind: facts.buyerKind,
        country: facts.country,
        region: facts.region,
        requestedAt: (sale.requestedAt ?? firstAt ?? at).toISOString(),
        dueAt: document.context.dueAt === undefined ? facts.dueAt : document.context.dueAt,
        deliveredAt: sale.deliveredAt?.toISOString() ?? null,
      },
      parties: { buyer: parties.buyer, seller: parties.seller, broker: parties.broker },
      vehicle: parties.vehicle,
      price: { currency: price.total.currency, total: price.total.amount, deposit: price.deposit.amount, balance: price.balance.amount, lines: linesOf(price) },
      contract: parties.contract,
      inspection: parties.inspection,
      handover: parties.handover,
      kept: parties.kept,
      withdrawal: parties.withdrawal,
      refundMatrix: parties.refundMatrix,
      payment: paymentOf(document, price.deposit.amount, at),
      invoice: invoice.value,
      credited: credited?.number == null ? null : { number: credited.number, issuedAt: (credited.numberedAt ?? credited.plannedAt).toISOString(), reason: document.reason ?? facts.cancelReason ?? '' },
      settings,
    });
  }

  private figuresOf(
    document: WritingInput['document'],
    { facts, state }: Sale,
    { buyer, broker, vehicle }: OrderParties,
    day: string,
    before: readonly DocumentRecord[],
    draft: boolean,
  ): Result<Paper['invoice'], Refusal<'nothing_owed' | 'conflict' | 'not_found'>> {
    const issued = before.filter((one) => one.number !== null && one.figures !== null && !cameToNothing(one));
    if (document.kind === 'credit_note') {
      const credited = issued.find(({ id }) => id === document.context.credits);
      if (credited?.figures == null) return refuse('not_found', 'There is no such invoice');
      const { prepayments = [] } = credited.figures;
      return ok({ ...creditFigures(credited.figures, grossOf(prepayments)), prepayments });
    }
    const { price } = facts;
    const made = invoiceFigures(
      {
        capacity: facts.capacity,
        sellerKind: facts.sellerKind,
        buyerKind: facts.buyerKind,
        broker: { country: broker.address.country, vatId: broker.vatId },
        buyer: { country: buyer.address.country, vatId: buyer.vatId },
        destination: facts.country,
        firstRegistration: vehicle.firstRegistration,
        mileageKm: vehicle.mileageKm,
        day,
      },
      { currency: price.total.currency, lines: linesOf(price) },
    );
    if (!made.ok) return made;
    if (made.value === null) return refuse('nothing_owed', 'The broker has nothing to invoice');
    const prepayments = prepaymentsOf(issued, before);
    if (document.kind === 'prepayment_invoice') {
      // The invoice of the whole was there first: it says all that there is to say.
      if (document.replaces === null && standing(issued, before).some(({ kind }) => kind === 'invoice')) return refuse('nothing_owed', 'The invoice of the whole has been issued');
      const figures = sellsAsOwn(facts.capacity) ? prepaymentFigures(made.value, document.context.amount ?? price.deposit.amount) : null;
      return figures === null ? refuse('nothing_owed', 'What is paid before is no reason for tax here') : ok({ ...figures, prepayments: [] });
    }
    // Everything is paid when the invoice comes; one that is written by hand before says what is still due.
    const paid = settled.has(state) && !draft ? payable(made.value) : Math.min(payable(made.value), grossOf(prepayments));
    return ok({ ...paidBy(made.value, paid), prepayments });
  }
}

const linesOf = ({ lines }: OrderPriceJson): PriceLine[] => lines.map(({ code, amount, payee }) => ({ code, amount: amount.amount, payee }));

const settled = new Set(['balance_paid', 'titling', 'in_transit', 'delivered', 'completed', 'disputed']);

/** Those that still stand: neither taken back nor replaced. */
const standing = (issued: readonly DocumentRecord[], all: readonly DocumentRecord[]): readonly DocumentRecord[] => issued.filter(({ id }) => !isReplaced(id, all) && !isTakenBack(id, all));

/** The one that a correction of a correction began with: what was supplied and when is told by that. */
function firstOf(id: string | null, all: readonly DocumentRecord[]): DocumentRecord | null {
  const one = id === null ? null : (all.find((document) => document.id === id) ?? null);
  // A credit note that was corrected takes back an invoice all the same.
  const earlier = one?.replaces ?? one?.context.credits ?? null;
  return earlier === null ? one : (firstOf(earlier, all) ?? one);
}

const grossOf = (prepayments: readonly Prepayment[]): number => prepayments.reduce((sum, { gross }) => sum + gross, 0);

function prepaymentsOf(issued: readonly DocumentRecord[], all: readonly DocumentRecord[]): Prepayment[] {
  return standing(issued, all).flatMap(({ kind, number, figures, numberedAt }) =>
    kind !== 'prepayment_invoice' || number === null || figures === null || numberedAt === null ? [] : [{ number, issuedAt: numberedAt.toISOString(), net: figures.net, tax: figures.tax, gross: payable(figures) }],
  );
}

function paymentOf({ context }: WritingInput['document'], deposit: number, at: Date): Paper['payment'] {
  if (context.paymentId === undefined || context.method === undefined) return null;
  return {
    method: context.method,
    amount: context.amount ?? deposit,
    reference: context.paymentId,
    at: context.at ?? at.toISOString(),
    captureBefore: context.captureBefore ?? null,
    captured: context.captureBefore == null,
  };
}
