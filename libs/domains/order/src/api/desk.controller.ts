import { Controller } from '@nestjs/common';
import { isUuid } from '@autobroker/kernel';
import { decodeCursor, encodeCursor, etagOf, Handle, Input, type InputOf, orThrow, pageWindow, paginationOf, ProblemError, reply } from '@autobroker/platform/http';
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
    const place = query.cursor === undefined ? { offset: pageWindow(query).offset, after: null } : { offset: 0, after: placeOf(query.cursor, binding) };
    const page = await this.queue.list(query.status === 'open', { limit: query.per_page, ...place }, caller);
    const nextCursor = page.next === null ? null : encodeCursor([page.next], binding);
    return reply(page.items.map(opsJson), { pagination: paginationOf({ page: query.page, perPage: query.per_page, total: page.total, nextCursor }) });
  }

  @Handle(resolveOps)
  async resolve(@Input() input: InputOf<typeof resolveOps>) {
    return reply(opsJson(orThrow(await this.queue.resolve(input.params.id, input.body.note, callerOf(input)))));
  }
}

function placeOf(cursor: string, binding: unknown): string {
  const [id] = decodeCursor(cursor, binding);
  if (!isUuid(id)) throw new ProblemError('invalid_cursor');
  return id;
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
