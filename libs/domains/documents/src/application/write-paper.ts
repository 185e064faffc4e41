import { Inject, Injectable } from '@nestjs/common';
import type { OrderPriceJson } from '@autobroker/contracts';
import { dayIn, ok, refuse, type Result } from '@autobroker/kernel';
import { type Database, databaseOf, systemScope } from '@autobroker/platform/database';
import { type DocumentRecord, isInvoiceKind } from '../domain/document';
import type { PriceLine } from '../domain/invoice/figures';
import { figuresOfSale, firstOf, type InvoicedSale, type InvoiceRefusal } from '../domain/invoice/of-sale';
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
  async run({ document, sale, parties, settings, timeZone, at, draft }: WritingInput): Promise<Result<Paper, InvoiceRefusal>> {
    // The order does not let it come to this; whoever asks for one by hand is told the same.
    if (namesTheCar.has(document.kind) && parties.vehicle.vin === null) return refuse('conflict', 'The number of the car (VIN) is not known');
    const { facts } = sale;
    const language: Language = document.language ?? sale.locale ?? 'en';
    const before = looksAtOthers(document) ? await this.documents.ofOrder(across, this.db, document.orderId) : [];
    // A next version, or what takes another back, is of the same sale: what goes by a day goes by that of the first.
    const first = firstOf(document.replaces ?? document.context.credits ?? null, before);
    const firstAt = first === null ? null : (first.numberedAt ?? first.plannedAt);
    const taxDay = firstAt === null ? null : dayIn(firstAt.toISOString(), timeZone);
    const invoice = isInvoiceKind(document.kind) ? figuresOfSale(document, invoicedSale(sale, parties, taxDay ?? dayIn(at.toISOString(), timeZone), draft), before) : ok(null);
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
}

const linesOf = ({ lines }: OrderPriceJson): PriceLine[] => lines.map(({ code, amount, payee }) => ({ code, amount: amount.amount, payee }));

const settled = new Set(['balance_paid', 'titling', 'in_transit', 'delivered', 'completed', 'disputed']);

function invoicedSale({ facts, state }: Sale, { buyer, broker, vehicle }: OrderParties, day: string, draft: boolean): InvoicedSale {
  const { capacity, sellerKind, buyerKind, country: destination, price, tax } = facts;
  return {
    terms: {
      capacity,
      sellerKind,
      buyerKind,
      broker: { country: broker.address.country, vatId: broker.vatId },
      buyer: { country: buyer.address.country, vatId: buyer.vatId },
      destination,
      firstRegistration: vehicle.firstRegistration,
      mileageKm: vehicle.mileageKm,
      day,
    },
    tax,
    price: { currency: price.total.currency, deposit: price.deposit.amount, lines: linesOf(price) },
    settled: settled.has(state) && !draft,
  };
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
