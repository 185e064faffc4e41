import type { Actor } from '@autobroker/platform/database';
import type { Asker } from '../domain/visibility';

/** On whose behalf a use case runs, and from where: for permissions and for the audit log. */
export interface Requester extends Asker {
  readonly actor: Actor;
  readonly from: { readonly ip: string | null; readonly request_id: string | null };
}

export const systemRequester = (name: string): Requester => ({
  actor: { kind: 'system', id: name },
  tenantId: null,
  writesOwn: true,
  writesShared: true,
  from: { ip: null, request_id: null },
});
