import { Injectable } from '@nestjs/common';
import type { OrderPriceJson } from '@autobroker/contracts';
import type { DocumentKind, OrderState, PaymentMethod } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { systemScope } from '@autobroker/platform/database';
import { cameToNothing, creditable, documentsFor, type DocumentContext, tellsOfMoney, versionAfter } from '../domain/document';
import { taxedOtherwise } from '../domain/invoice/of-sale';
import { PlanDocuments } from './plan-documents';
import { DocumentStore, SaleStore } from './ports';
import type { Sale } from './sale';

const across = systemScope('events of every tenant’s orders');

/** Keeps what the events of a sale tell, and plans the documents of its steps. In any order, and any number of times. */
@Injectable()
export class FollowSales {
  constructor(
    private readonly sales: SaleStore,
    private readonly documents: DocumentStore,
    private readonly planning: PlanDocuments,
  ) {}

  async entered(tx: Tx, heard: Sale, context: DocumentContext, at: Date): Promise<void> {
    // The first that is told of a sale finds it unknown as a rule.
    const known = heard.state === 'requested' ? await this.sales.lockUnknown(tx, heard.orderId) : await this.met(tx, heard.orderId);
    const sale = known === null || heard.version > known.version ? heard : known;
    const merged: Sale = {
      ...sale,
      locale: heard.locale ?? known?.locale ?? null,
      requestedAt: heard.requestedAt ?? known?.requestedAt ?? null,
      deliveredAt: heard.deliveredAt ?? known?.deliveredAt ?? null,
      facts: { ...sale.facts, cancelReason: heard.facts.cancelReason ?? known?.facts.cancelReason ?? null },
    };
    // What was heard of before the order itself could not be written until now.
    if (known === null) await this.wake(tx, heard.tenantId, heard.orderId, heard.version, at);
    if (heard.state === 'cancelled') await this.cancelled(tx, merged, at);
    // What a late event asks for is not wanted any more once the sale has come to nothing, but for receipts.
    else await this.step(tx, merged, heard.state, context, at);
    if (merged.state !== 'cancelled') await this.retaxed(tx, merged, at);
    // Nothing is asked after it: it is written with whatever else this transaction writes last.
    await this.sales.save(tx, merged, at);
  }

  async priceChanged(tx: Tx, orderId: string, version: number, price: OrderPriceJson, at: Date): Promise<void> {
    await this.change(tx, orderId, version, priced(price), at);
  }

  /** A dispute is over: the sale stands where it stood before, and what that means for a paper counts again. */
  async resumed(tx: Tx, orderId: string, version: number, state: OrderState, at: Date): Promise<void> {
    await this.change(tx, orderId, version, () => ({ state }), at);
  }

  /** The purchase contract for signature; again when its terms have changed, as the next version. */
  async contractReady(tx: Tx, orderId: string, version: number, price: OrderPriceJson, at: Date): Promise<void> {
    const sale = await this.change(tx, orderId, version, priced(price), at);
    if (sale.state === 'cancelled') return;
    const [kind] = documentsFor('contract_ready', sale.facts.country);
    if (kind === undefined) return;
    const before = (await this.documents.ofOrder(across, tx, orderId)).filter((document) => document.kind === kind);
    if (before.some(({ occasion }) => occasion === `ready:${version}`)) return;
    for (const { id, state } of before) if (state === 'planned') await this.documents.withdraw(tx, id, 'terms_changed');
    const last = before.findLast(({ state }) => state === 'issued' || state === 'numbered') ?? before.findLast(({ state }) => state === 'void');
    await this.planning.plan(
      tx,
      { tenantId: sale.tenantId, orderId, buyerId: sale.buyerId, kind, occasion: `ready:${version}`, language: sale.locale, ...(last === undefined ? {} : { version: versionAfter(last, before), replaces: last.id, reason: 'terms_changed' }) },
      at,
    );
  }

  /** A deposit that is taken is a reason for tax where the broker sells in its own name: whether it does is seen when it is issued. */
  async depositTaken(tx: Tx, tenantId: string, orderId: string, paid: { readonly paymentId: string; readonly method: PaymentMethod; readonly amount: number; readonly at: string }, at: Date): Promise<void> {
    // Locked, so that a cancellation comes wholly before or wholly after.
    const sale = await this.met(tx, orderId);
    if (sale?.state === 'cancelled') return;
    const id = await this.planning.plan(tx, { tenantId, orderId, buyerId: sale?.buyerId ?? null, kind: 'prepayment_invoice', occasion: paid.paymentId, language: sale?.locale ?? null, context: paid, isParked: sale === null }, at);
    if (id !== null && sale === null) await this.documents.blameOnce(tx, id, 'order_unknown');
  }

  /** Who takes part is known, or known better: what could not be written before can be now. */
  async partiesNamed(tx: Tx, tenantId: string, orderId: string, version: number, at: Date): Promise<void> {
    await this.wake(tx, tenantId, orderId, version, at);
  }

  /**
   * Locked; null while nobody has told of it. Then whoever else makes it known, or heard of it before it was, waits until this
   * transaction has ended: the one that comes second sees what the first has written.
   */
  private async met(tx: Tx, orderId: string): Promise<Sale | null> {
    return (await this.sales.lock(tx, orderId)) ?? (await this.sales.lockUnknown(tx, orderId));
  }

  /** The sale as it is then; what is older than what is known changes nothing. */
  private async change(tx: Tx, orderId: string, version: number, to: (known: Sale) => Partial<Sale>, at: Date): Promise<Sale> {
    const known = await this.sales.lock(tx, orderId);
    // Its first event is still to come, and will be tried for.
    if (known === null) throw new Error(`order ${orderId} is not known yet`);
    if (version <= known.version) return known;
    const changed: Sale = { ...known, ...to(known), version };
    await this.sales.save(tx, changed, at);
    return changed;
  }

  private async wake(tx: Tx, tenantId: string, orderId: string, version: number, at: Date): Promise<void> {
    for (const document of await this.documents.hasten(tx, tenantId, orderId, at)) this.planning.again(tx, document, version);
  }

  private async step(tx: Tx, sale: Sale, state: OrderState, context: DocumentContext, at: Date): Promise<void> {
    const kinds = documentsFor(state, sale.facts.country).filter((kind) => sale.state !== 'cancelled' || tellsOfMoney(kind));
    const occasionOf = (kind: DocumentKind): string => (kind === 'deposit_receipt' ? (context.paymentId ?? 'order') : 'order');
    await this.planning.planAll(tx, kinds.map((kind) => ({ tenantId: sale.tenantId, orderId: sale.orderId, buyerId: sale.buyerId, kind, occasion: occasionOf(kind), language: sale.locale, context })), at);
  }

  /** The rate of tax of the handover is another than on the invoice, which came before it: a corrected one takes its place. */
  private async retaxed(tx: Tx, { tenantId, orderId, buyerId, locale, facts, deliveredAt }: Sale, at: Date): Promise<void> {
    if (facts.tax === null || deliveredAt === null) return;
    const theirs = await this.documents.ofOrder(across, tx, orderId);
    const invoice = taxedOtherwise(facts.tax, theirs);
    if (invoice === null) return;
    const { kind, occasion, id } = invoice;
    await this.planning.plan(tx, { tenantId, orderId, buyerId, kind, occasion, version: versionAfter(invoice, theirs), replaces: id, reason: 'tax_changed', language: invoice.language ?? locale }, at);
  }

  /** What was only planned is not issued any more; what was invoiced is taken back. */
  private async cancelled(tx: Tx, sale: Sale, at: Date): Promise<void> {
    const invoiced: string[] = [];
    // First all that was planned: a correction that never comes has taken nothing's place.
    for (const { id } of await this.documents.ofOrder(across, tx, sale.orderId)) {
      const locked = await this.documents.lock(across, tx, id);
      if (locked === null) continue;
      if (locked.state === 'planned' && !tellsOfMoney(locked.kind)) await this.documents.withdraw(tx, id, 'order_cancelled');
      if (creditable.includes(locked.kind) && locked.number !== null && !cameToNothing(locked)) invoiced.push(id);
    }
    for (const id of invoiced) {
      // A corrected invoice is taken back; the one that it replaces says nothing any more.
      if ((await this.documents.successorOf(across, tx, id)) !== null) continue;
      const reason = sale.facts.cancelReason ?? 'order_cancelled';
      await this.planning.plan(tx, { tenantId: sale.tenantId, orderId: sale.orderId, buyerId: sale.buyerId, kind: 'credit_note', occasion: id, language: sale.locale, reason, context: { credits: id } }, at);
    }
  }
}

const priced =
  (price: OrderPriceJson) =>
  ({ facts }: Sale): Partial<Sale> => ({ facts: { ...facts, price } });
