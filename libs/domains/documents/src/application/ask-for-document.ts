import { Inject, Injectable } from '@nestjs/common';
import { type DocumentKind, ok, refuse, type Refusal, type Result, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf } from '@autobroker/platform/database';
import { askedFor, cameToNothing, creditable, type DocumentRecord, isReplaced, isTakenBack, versionAfter } from '../domain/document';
import { compose } from '../domain/paper/compose';
import type { Language } from '../domain/paper/paper';
import { contentHashOf } from './content';
import { DocumentSources } from './issue-document';
import { PlanDocuments } from './plan-documents';
import { DocumentStore, Printer } from './ports';
import { auditOf, type Requester } from './template-shelf';

export interface DocumentRequest {
  readonly orderId: string;
  readonly kind: DocumentKind;
  readonly language: Language | null;
  /** A document of ours that this one corrects, or the invoice that a credit note takes back. */
  readonly replaces: string | null;
  readonly credits: string | null;
  readonly reason: string | null;
}

type AskRefusal = Refusal<'not_found' | 'conflict' | 'validation_failed' | 'nothing_owed' | 'unavailable'>;

/** Documents by hand: one that no step asks for, a correction, a draft to look at. */
@Injectable()
export class AskForDocument {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
    private readonly sources: DocumentSources,
    private readonly planning: PlanDocuments,
    private readonly printer: Printer,
  ) {}

  async run(request: DocumentRequest, by: Requester): Promise<Result<DocumentRecord, AskRefusal>> {
    const { orderId, kind, language, replaces, credits } = request;
    const scope = scopeOf(by);
    const now = this.db.clock.now();
    return this.db.transaction<Result<DocumentRecord, AskRefusal>>(async (tx) => {
      const sale = await this.sources.sales.lock(tx, orderId);
      if (sale === null || sale.tenantId !== by.tenantId) return refuse('not_found', 'There is no such order');
      const theirs = await this.store.ofOrder(scope, tx, orderId);
      const before = replaces === null ? null : standsFor(replaces, theirs);
      const refused = refusalOf(request, theirs, before);
      if (refused !== null) return refused;
      if (sale.state === 'cancelled' && creditable.includes(kind)) return refuse('conflict', 'The order is cancelled: nothing of it is invoiced any more');
      const occasion = credits ?? before?.occasion ?? askedFor(uuidv7(now));
      const version = versionAfter({ kind, occasion, number: before?.number ?? null }, theirs);
      const id = await this.planning.plan(
        tx,
        {
          tenantId: by.tenantId,
          orderId,
          buyerId: sale.buyerId,
          kind,
          occasion,
          version,
          language: language ?? sale.locale,
          ...(before === null ? {} : { replaces: before.id }),
          ...(request.reason === null ? {} : { reason: request.reason }),
          context: credits === null ? (before?.context ?? {}) : { credits },
        },
        now,
      );
      const planned = id === null ? null : await this.store.byId(scope, tx, id);
      if (planned === null) return refuse('conflict', 'It is under way already');
      await tx.audit({ ...auditOf(by), action: 'document.requested', object: { type: 'document', id: planned.id }, tenantId: by.tenantId, reason: request.reason, after: { kind, order_id: orderId, replaces } });
      return ok(planned);
    });
  }

  /** Without a number, across whose pages stands that it is a draft; it is kept nowhere. */
  async preview(request: Pick<DocumentRequest, 'orderId' | 'kind' | 'language'>, by: Requester): Promise<Result<Buffer, AskRefusal>> {
    const { sales, orders, shelf, writing } = this.sources;
    const sale = await sales.find(this.db, request.orderId);
    if (sale === null || sale.tenantId !== by.tenantId) return refuse('not_found', 'There is no such order');
    const parties = await orders.parties(sale.orderId, sale.tenantId);
    if (parties === null) return refuse('not_found', 'There is no such order');
    const [template, branding] = await Promise.all([shelf.latest(by.tenantId, request.kind), shelf.branding(by.tenantId)]);
    const document = { kind: request.kind, language: request.language ?? sale.locale, version: 1, context: {}, replaces: null, reason: null, orderId: sale.orderId };
    const paper = await writing.run({ document, sale, parties, settings: template.settings, timeZone: branding.timeZone, at: this.db.clock.now(), draft: true });
    if (!paper.ok) return paper;
    const composed = compose({ paper: paper.value, template, branding });
    return ok(await this.printer.print({ composed, contentHash: contentHashOf(composed), invoiceXml: null, evidence: null }));
  }
}

/** What was to take the place of another and is void has not: the other is the one that is replaced. */
function standsFor(id: string, theirs: readonly DocumentRecord[]): DocumentRecord | null {
  const named = theirs.find((one) => one.id === id) ?? null;
  return named?.state === 'void' && named.replaces !== null ? standsFor(named.replaces, theirs) : named;
}

function refusalOf({ kind, replaces, credits, reason }: DocumentRequest, theirs: readonly DocumentRecord[], before: DocumentRecord | null): ReturnType<typeof refuse<AskRefusal['code']>> | null {
  const wrong = (pointer: string, code: string, detail: string) => refuse<AskRefusal['code']>('validation_failed', detail, { errors: [{ pointer, code, detail }] });
  if (replaces !== null) {
    if (before === null) return refuse('not_found', 'There is no such document');
    if (before.kind !== kind || kind === 'credit_note') return wrong('/replaces', 'other_kind', 'A document is replaced by one of its own kind, a credit note by none');
    if (before.state !== 'issued' && before.state !== 'void') return refuse('conflict', 'Only what is issued is replaced, and what can’t be');
    if (isReplaced(before.id, theirs)) return refuse('conflict', 'It is replaced already');
    if (isTakenBack(before.id, theirs)) return refuse('conflict', 'It is taken back already');
    if (reason === null) return wrong('/reason', 'required', 'A correction says why');
  }
  if ((kind === 'credit_note') !== (credits !== null)) return wrong('/credits', 'required', 'A credit note names the invoice that it takes back, and nothing else does');
  if (credits !== null) {
    const invoice = theirs.find(({ id }) => id === credits);
    if (invoice === undefined) return refuse('not_found', 'There is no such invoice');
    if (!creditable.includes(invoice.kind) || invoice.number === null || cameToNothing(invoice)) return wrong('/credits', 'no_invoice', 'Only an invoice that is issued is taken back');
    if (isTakenBack(credits, theirs)) return refuse('conflict', 'It is taken back already');
    if (isReplaced(credits, theirs)) return refuse('conflict', 'A correction has taken its place: that one is taken back');
    if (reason === null) return wrong('/reason', 'required', 'A credit note says why');
  }
  return null;
}
