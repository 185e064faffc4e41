import { Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import type { Dispute } from '../domain/desk-state';
import type { OrderAccount } from '../domain/order-account';
import { type Caller, scopeOfCaller } from './caller';
import { Desks } from './desks';
import { DeskStore, PaymentReader } from './ports';

export interface EvidenceAsk {
  readonly id: string;
  /** What the broker's people say to it. */
  readonly statement: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A buyer's bank takes a payment back: what speaks against it is put together and sent, once. */
@Injectable()
export class Disputes {
  constructor(
    private readonly reader: PaymentReader,
    private readonly store: DeskStore,
    private readonly desks: Desks,
  ) {}

  async submit(ask: EvidenceAsk, caller: Caller): Promise<Result<Dispute, Refusal<'not_found' | 'transition_not_allowed'>>> {
    const found = await this.reader.dispute(scopeOfCaller(caller), ask.id);
    if (found === null) return refuse('not_found', 'There is no such dispute.');
    const done = await this.desks.on(found.orderId, async (desk, tx): Promise<Result<Dispute, Refusal<'not_found' | 'transition_not_allowed'>>> => {
      const dispute = desk.disputes.get(ask.id);
      if (dispute === undefined) return refuse('not_found', 'There is no such dispute.');
      if (dispute.status !== 'opened') return refuse('transition_not_allowed', `The dispute is ${dispute.status}.`);
      if (desk.isAsked(dispute.paymentId, 'evidence')) return refuse('transition_not_allowed', 'Evidence is on its way.');
      const payment = desk.payment(dispute.paymentId);
      const pack = { text: ask.statement, fields: { ...factsOf(desk.order), ...ask.fields } };
      await this.store.keepEvidence(tx, dispute.id, pack);
      desk.ask('evidence', payment, { subjectId: dispute.id });
      return ok(dispute);
    }, { scope: scopeOfCaller(caller), by: caller.by });
    return done?.value ?? refuse('not_found', 'There is no such dispute.');
  }
}

/** What is known of the sale anyway goes with it, unless somebody says it better. */
function factsOf({ number, state, lines, currency, completedAt }: OrderAccount): Readonly<Record<string, string>> {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  return {
    product_description: `Vehicle sale ${number}: ${lines.map(({ code }) => code).join(', ')}; ${total} ${currency} in minor units. ${completedAt === null ? `It stands at ${state}` : `It was completed on ${completedAt.toISOString().slice(0, 10)}`}.`,
    refund_policy_disclosure: 'The refund matrix of the sale was shown before the payment and is part of the deposit receipt.',
  };
}
