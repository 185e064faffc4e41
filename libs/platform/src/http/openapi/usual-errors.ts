import type { ProblemCode } from '@autobroker/contracts';
import { isMultipart, type RouteDefinition } from '../route/define-route';

/** The problem codes a route can answer with: those of its shape, then those it names itself. */
export function codesOf(route: RouteDefinition): ProblemCode[] {
  const codes = new Set<ProblemCode>(['malformed_request']);
  const add = (when: boolean, ...more: ProblemCode[]): void => {
    if (when) for (const code of more) codes.add(code);
  };
  const { access, body, response } = route;
  add(true, 'validation_failed');
  add('paginated' in response && response.paginated === true, 'page_too_deep', 'invalid_cursor');
  add(route.idempotency !== 'exempt', 'idempotency_key_invalid', 'idempotency_in_flight', 'idempotency_outcome_unknown', 'idempotency_key_reused');
  add(route.idempotency === 'required', 'idempotency_key_required');
  add(true, 'credentials_ambiguous', 'unauthenticated', 'token_expired', 'tenant_not_found');
  add(access.kind === 'permission', 'permission_denied');
  add(access.kind !== 'public' && access.recentLoginS !== undefined, 'recent_login_required');
  add(body !== undefined, 'payload_too_large', 'unsupported_media_type');
  add(body !== undefined && !isMultipart(body), 'malformed_json');
  add(route.ifMatch, 'header_invalid', 'precondition_failed', 'precondition_required');
  add(route.rateLimit !== 'none', 'rate_limited');
  add(true, 'internal_error', 'unavailable');
  add(true, ...route.errors);
  return [...codes];
}
