import { Controller } from '@nestjs/common';
import { etagOf, Handle, idPagination, idWindow, Input, type InputOf, orThrow, reply } from '@autobroker/platform/http';
import { KeepPolicies } from '../application/keep-policies';
import type { OpsItem } from '../application/ports';
import { WorkOpsQueue } from '../application/work-ops-queue';
import { callerOf } from './requests';
import { getPolicy, listOps, putPolicy, resolveOps } from './routes/desk.routes';
import { partyOf } from './schemas/party';
import { policyJson, policyOf } from './schemas/policy';

/** The broker's own side: how long things may take, and what waits for people. */
@Controller()
export class DeskController {
  constructor(
    private readonly policies: KeepPolicies,
    private readonly queue: WorkOpsQueue,
  ) {}

  @Handle(getPolicy)
  async policy(@Input() input: InputOf<typeof getPolicy>) {
    const stored = await this.policies.read(callerOf(input).tenantId);
    return reply(policyJson(stored), { etag: etagOf(stored.version) });
  }

  @Handle(putPolicy)
  async put(@Input() input: InputOf<typeof putPolicy>) {
    const { broker } = input.body;
    const stored = orThrow(await this.policies.save(policyOf(input.body), broker === null ? null : partyOf(broker, 'broker'), input.ifMatch, callerOf(input)));
    return reply(policyJson(stored), { etag: etagOf(stored.version) });
  }

  @Handle(listOps)
  async ops(@Input() input: InputOf<typeof listOps>) {
    const caller = callerOf(input);
    const { query } = input;
    const binding = ['order-ops', caller.tenantId, query.status];
    const page = await this.queue.list(query.status === 'open', idWindow(query, binding), caller);
    return reply(page.items.map(opsJson), { pagination: idPagination(query, page, binding) });
  }

  @Handle(resolveOps)
  async resolve(@Input() input: InputOf<typeof resolveOps>) {
    return reply(opsJson(orThrow(await this.queue.resolve(input.params.id, input.body.note, callerOf(input)))));
  }
}

const opsJson = ({ id, orderId, kind, detail, createdAt, resolvedAt, resolvedBy, note }: OpsItem) => ({
  id,
  order_id: orderId,
  kind,
  detail,
  created_at: createdAt.toISOString(),
  resolved_at: resolvedAt?.toISOString() ?? null,
  resolved_by: resolvedBy,
  note,
});
