import { isUuid, type Refusal, type Result } from '@autobroker/kernel';
import { isStaff, type ProblemCode } from '@autobroker/contracts';
import type { Principal } from '@autobroker/platform/auth';
import { etagOf, orThrow, ProblemError, reply, type Reply, type RequestInfo } from '@autobroker/platform/http';
import type { Caller } from '../application/caller';
import type { StepRefusals } from '../application/step-refusals';
import type { Order } from '../domain/order';
import { orderJson } from './present-order';

interface Asked {
  readonly principal: Principal;
  readonly request: RequestInfo;
}

/** Orders belong to a tenant's people: an operator of no tenant has none. */
export function callerOf({ principal, request }: Asked): Caller {
  const { id, tenantId } = principal;
  if (id === null || !isUuid(id) || tenantId === null) throw new ProblemError('not_found', 'Orders belong to somebody, at a broker.');
  return { id, tenantId, isStaff: isStaff(principal), manages: isStaff(principal) && principal.can('order.manage'), actor: { kind: principal.kind, id }, from: { ip: request.ip, request_id: request.id } };
}

export const answer = (order: Order, more: { readonly status?: number; readonly location?: string } = {}): Reply =>
  reply(orderJson(order), { ...more, etag: etagOf(order.version), headers: { 'cache-control': 'no-store' } });

/** The answer of a step; a refusal of one leaves an audit row before it is told. */
export async function stepAnswer(refusals: StepRefusals, what: string, id: string, caller: Caller, result: Result<Order, Refusal<ProblemCode>>): Promise<Reply> {
  const isAudited = !result.ok && (await refusals.note(what, id, result.error, caller));
  return answer(orThrow(result, { isAudited }));
}
