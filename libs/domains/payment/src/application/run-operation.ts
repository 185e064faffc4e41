import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import type { OrderDesk } from '../domain/desk';
import { couldLoop, dropPointless, isPointless, takeRefusal } from '../domain/asking';
import { heldOf, stateOf } from '../domain/payment';
import { paymentConfig, type PaymentConfig } from './config';
import { Desks } from './desks';
import { OperationStore, type StartedOperation } from './ports';
import { type Answer, type EvidencePack, type PaymentGateway, PaymentGateways, type ProviderAnswer, type ProviderRefusal, ProviderUnreachableError } from './provider';

/** As long as nobody else tries the same: a call's own time and a little. */
const leaseMs = 60_000;

/** Between transaction A, which wrote down what is to be asked, and transaction B, which writes down the answer: the call. */
@Injectable()
export class RunOperation {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly operations: OperationStore,
    private readonly gateways: PaymentGateways,
    private readonly desks: Desks,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  /** Throws where the provider could not be reached, to be tried again under the same key. */
  async run(operationId: string): Promise<'done' | 'refused' | 'skipped' | 'nothing'> {
    const started = await this.operations.start(operationId, new Date(this.db.clock.now().getTime() + leaseMs));
    if (started === null) return 'nothing';
    if (isPointless(started.operation, started.payment)) return this.skip(started);
    const gateway = this.gateways.of(started.payment.provider);
    try {
      const answer = await this.call(gateway, started);
      if (answer.ok) return await this.finish(started, answer.value);
      return await this.refused(gateway, started, answer.error);
    } catch (error) {
      if (error instanceof ProviderUnreachableError && error.outcomeUnknown && started.operation.kind === 'open') await this.unknown(started);
      throw error;
    }
  }

  private async call(gateway: PaymentGateway, started: StartedOperation): Answer {
    const { operation, payment, part, dispute, evidence } = started;
    switch (operation.kind) {
      case 'open':
        return this.open(gateway, started);
      case 'capture':
        return gateway.capture(payment, operation.amount ?? heldOf(payment), operation.key);
      case 'void':
        return gateway.release(payment, operation.key);
      case 'confirm':
        return gateway.confirm(payment, operation.key);
      case 'cancel': {
        if (payment.refs.session !== null || payment.refs.intent !== null) return gateway.cancel(payment, operation.key);
        // Whether it was begun is not known: asked again under its own key, it is known, and can be ended.
        const opened = await this.open(gateway, started);
        if (!opened.ok) return opened;
        const { session = null, intent = null } = opened.value.refs;
        return gateway.cancel({ ...payment, refs: { ...payment.refs, session, intent } }, operation.key);
      }
      case 'refund':
        if (part === null) throw new Error(`operation ${operation.id} has lost its refund`);
        return gateway.refund(payment, part, operation.key);
      case 'send_back':
        return gateway.sendBack(payment);
      case 'evidence':
        if (dispute === null) throw new Error(`operation ${operation.id} has lost its dispute`);
        return gateway.submitEvidence(payment, dispute, packOf(evidence), operation.key);
    }
  }

  private open(gateway: PaymentGateway, { payment, order, saved }: StartedOperation): Answer {
    const back = (outcome: string): string => `${this.config.portalUrl}/orders/${payment.orderId}?payment=${payment.id}&outcome=${outcome}`;
    return gateway.open({ payment, orderNumber: order.number, saved, returnUrl: back('done'), cancelUrl: back('cancelled') });
  }

  private async finish({ operation, asOf }: StartedOperation, answer: ProviderAnswer): Promise<'done'> {
    await this.desks.on(operation.orderId, (desk) => desk.take(operation.paymentId, { ...answer, asOf }), { ended: [{ id: operation.id, state: 'done', problem: null, isBlocking: false }] });
    return 'done';
  }

  /** The provider will not; what it says of the payment tells why, and what is to be done instead. */
  private async refused(gateway: PaymentGateway, started: StartedOperation, refusal: ProviderRefusal): Promise<'refused'> {
    const { operation, payment, asOf } = started;
    const answer = operation.kind === 'open' ? null : await gateway.look(payment, {});
    const take = (desk: OrderDesk): void => takeRefusal(desk, operation, answer === null ? null : { ...answer, asOf }, refusal.code);
    const ended = { id: operation.id, state: 'refused' as const, problem: `${refusal.code}: ${refusal.detail}`.slice(0, 500) };
    // Whether it may be asked again depends on what has come of the payment: two rounds would need two transactions.
    const isBlocking = answer !== null && couldLoop(operation, answer);
    await this.desks.on(operation.orderId, take, { ended: [{ ...ended, isBlocking }] });
    return 'refused';
  }

  private async skip({ operation }: StartedOperation): Promise<'skipped'> {
    await this.desks.on(operation.orderId, (desk) => dropPointless(desk, operation), { ended: [{ id: operation.id, state: 'skipped', problem: null, isBlocking: false }] });
    return 'skipped';
  }

  private async unknown({ operation, payment }: StartedOperation): Promise<void> {
    await this.desks.on(operation.orderId, (desk) => {
      if (stateOf(desk.payment(payment.id)) === 'created') desk.change(payment.id, { isUnknown: true });
    });
  }
}

function packOf(stored: unknown): EvidencePack {
  if (typeof stored !== 'object' || stored === null || !('text' in stored) || typeof stored.text !== 'string') throw new Error('the evidence pack is missing');
  const fields = 'fields' in stored && typeof stored.fields === 'object' && stored.fields !== null ? Object.entries(stored.fields).filter((pair): pair is [string, string] => typeof pair[1] === 'string') : [];
  return { text: stored.text, fields: Object.fromEntries(fields) };
}
