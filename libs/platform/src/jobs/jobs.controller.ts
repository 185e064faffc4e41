import { Controller, Inject } from '@nestjs/common';
import type { Principal } from '../auth';
import { databaseHost, type DatabaseHost } from '../database';
import { Handle, Input, noContent, pageWindow, paginationOf, ProblemError, reply, type InputOf, type RequestInfo } from '../http';
import { serviceOf } from './job-classes';
import * as routes from './job-routes';
import { JobsAdmin } from './jobs-admin';

interface Act {
  readonly principal: Principal;
  readonly request: RequestInfo;
  readonly params: { readonly queue: string };
}

/** What operators see and do about jobs. */
@Controller()
export class JobsController {
  constructor(
    @Inject(JobsAdmin) private readonly admin: JobsAdmin,
    @Inject(databaseHost) private readonly host: DatabaseHost,
  ) {}

  @Handle(routes.listQueues)
  async queues() {
    return (await this.admin.overview()).map(({ failed, oldestWaitingMs, ...view }) => ({
      ...view,
      dead: failed,
      oldest_waiting_ms: oldestWaitingMs,
    }));
  }

  @Handle(routes.listSchedules)
  async schedules() {
    return (await this.admin.schedules()).map(({ everyMs, nextRunAt, ...view }) => ({ ...view, every_ms: everyMs, next_run_at: nextRunAt }));
  }

  @Handle(routes.listDeadJobs)
  async dead(@Input() { params, query }: InputOf<typeof routes.listDeadJobs>) {
    const { items, total } = await this.admin.dead(this.known(params.queue), pageWindow(query));
    const data = items.map(({ jobId, enqueuedAt, failedAt, ...job }) => ({ ...job, job_id: jobId, enqueued_at: enqueuedAt, dead_at: failedAt }));
    return reply(data, { pagination: paginationOf({ page: query.page, perPage: query.per_page, total }) });
  }

  @Handle(routes.replayDeadJob)
  async replay(@Input() input: InputOf<typeof routes.replayDeadJob>) {
    const { queue, id } = input.params;
    if (!(await this.admin.replay(this.known(queue), id))) throw new ProblemError('not_found');
    await this.audit(input, 'job.replayed', id, input.body?.reason);
    return reply({ count: 1 }, { status: 202 });
  }

  @Handle(routes.replayDeadJobs)
  async replayAll(@Input() input: InputOf<typeof routes.replayDeadJobs>) {
    const { queue } = input.params;
    const count = await this.admin.replayAll(this.known(queue));
    if (count > 0) await this.audit(input, 'jobs.replayed', queue, input.body?.reason, { count });
    return reply({ count }, { status: 202 });
  }

  @Handle(routes.discardDeadJob)
  async discard(@Input() input: InputOf<typeof routes.discardDeadJob>) {
    const { queue, id } = input.params;
    if (!(await this.admin.discard(this.known(queue), id))) throw new ProblemError('not_found');
    await this.audit(input, 'job.discarded', id);
    return noContent();
  }

  private known(queue: string): string {
    if (!this.admin.isQueue(queue)) throw new ProblemError('not_found', `There is no queue ${queue} here.`);
    return queue;
  }

  /** After the act: queues and audit rows share no transaction, and a row about something that did not happen is worse. */
  private async audit(act: Act, action: string, id: string, reason?: string, after?: unknown): Promise<void> {
    const { principal, request, params } = act;
    await this.host.of(serviceOf(params.queue)).transaction((tx) =>
      tx.audit({
        actor: { kind: principal.kind, id: principal.id },
        action,
        object: { type: 'job', id },
        tenantId: principal.tenantId,
        after: { queue: params.queue, ...(typeof after === 'object' ? after : {}) },
        reason: reason ?? null,
        from: { ip: request.ip, request_id: request.id },
      }),
    );
  }
}
