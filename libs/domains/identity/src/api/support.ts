import type { ProblemCode } from '@autobroker/contracts';
import type { Refusal, Result } from '@autobroker/kernel';
import type { Principal } from '@autobroker/platform/auth';
import { orThrow, ProblemError, type RequestInfo } from '@autobroker/platform/http';
import type { Caller } from '../application/caller';

/** What use cases know of a request. */
export const callerOf = (input: { principal: Principal; tenantId: string; request: RequestInfo }): Caller => ({
  principal: input.principal,
  tenantId: input.tenantId,
  ip: input.request.ip,
  requestId: input.request.id,
  userAgent: input.request.userAgent,
});

/** As `orThrow`, and a refusal that says how long to wait says it in Retry-After as well. */
export function settled<T>(result: Result<T, Refusal<ProblemCode>>): T {
  if (result.ok) return result.value;
  const wait = result.error.extra?.['retry_after'];
  if (typeof wait !== 'number') return orThrow(result);
  const { code, detail, extra } = result.error;
  throw new ProblemError(code, detail, { extra, headers: { 'retry-after': String(wait) } });
}

export const iso = (date: Date): string => date.toISOString();
export const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Answers that carry a secret are nobody's to keep. */
export const unstored = { 'cache-control': 'no-store' } as const;
