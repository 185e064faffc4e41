import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, orThrow, pageWindow, ProblemError, reply } from '@autobroker/platform/http';
import { Jobs } from '@autobroker/platform/jobs';
import { Disputes } from '../application/disputes';
import { reconcileJob } from '../application/jobs';
import { Payouts } from '../application/payouts';
import { PaymentReader } from '../application/ports';
import { ReconciliationStore } from '../application/ports-reconciliation';
import { ResolveBreak } from '../application/resolve-break';
import { presentBreak, presentDispute, presentPayout, presentReport } from './present';
import { backOfficeScope, callerOf, doerOf, listReply } from './requests';
import { getDispute, listBreaks, listDisputes, listPayouts, listReconciliations, payPayout, resolveBreak, runReconciliation, sendEvidence } from './routes/back-office.routes';

/** Disputes, and what is paid out to sellers. */
@Controller()
export class DisputesController {
  constructor(
    private readonly disputes: Disputes,
    private readonly payouts: Payouts,
    private readonly reader: PaymentReader,
  ) {}

  @Handle(listDisputes)
  async list(@Input() input: InputOf<typeof listDisputes>) {
    const { query } = input;
    return listReply(query, await this.reader.disputes(backOfficeScope(input), { status: query.status ?? null, orderId: query.order_id ?? null }, pageWindow(query)), presentDispute);
  }

  @Handle(getDispute)
  async get(@Input() input: InputOf<typeof getDispute>) {
    const dispute = await this.reader.dispute(backOfficeScope(input), input.params.id);
    if (dispute === null) throw new ProblemError('not_found', 'There is no such dispute.');
    return reply(presentDispute(dispute));
  }

  @Handle(sendEvidence)
  async evidence(@Input() input: InputOf<typeof sendEvidence>) {
    const { statement, fields = {} } = input.body;
    const said = Object.fromEntries(Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined));
    return reply(presentDispute(orThrow(await this.disputes.submit({ id: input.params.id, statement, fields: said }, callerOf(input)))), { status: 202 });
  }

  @Handle(listPayouts)
  async due(@Input() input: InputOf<typeof listPayouts>) {
    const { query } = input;
    return listReply(query, await this.reader.payouts(backOfficeScope(input), { state: query.state ?? null, orderId: query.order_id ?? null }, pageWindow(query)), presentPayout);
  }

  @Handle(payPayout)
  async pay(@Input() input: InputOf<typeof payPayout>) {
    return reply(presentPayout(orThrow(await this.payouts.pay({ id: input.params.id, bankReference: input.body.bank_reference }, callerOf(input)))));
  }
}

@Controller()
export class ReconciliationController {
  constructor(
    private readonly store: ReconciliationStore,
    private readonly resolving: ResolveBreak,
    private readonly jobs: Jobs,
  ) {}

  @Handle(listBreaks)
  async breaks(@Input() input: InputOf<typeof listBreaks>) {
    const { query } = input;
    return listReply(query, await this.store.breaks(backOfficeScope(input), { state: query.state ?? null, kind: query.kind ?? null }, pageWindow(query)), presentBreak);
  }

  @Handle(resolveBreak)
  async resolve(@Input() input: InputOf<typeof resolveBreak>) {
    return reply(presentBreak(orThrow(await this.resolving.run({ id: input.params.id, note: input.body.note }, backOfficeScope(input), doerOf(input)))));
  }

  @Handle(listReconciliations)
  async runs(@Input() input: InputOf<typeof listReconciliations>) {
    const { query } = input;
    return listReply(query, await this.store.days(pageWindow(query)), presentReport);
  }

  @Handle(runReconciliation)
  async run(@Input() input: InputOf<typeof runReconciliation>) {
    const { provider, day } = input.body ?? {};
    const jobId = await this.jobs.enqueue(reconcileJob, { ...(provider === undefined ? {} : { provider }), ...(day === undefined ? {} : { day }) });
    return reply({ job_id: jobId }, { status: 202 });
  }
}
