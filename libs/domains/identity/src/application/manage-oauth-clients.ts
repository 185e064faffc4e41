import { permissionsOf, sessionRevoked, type Permission } from '@autobroker/contracts';
import { ok, refuse, uuidv7 } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { checkScopes, rotationOverlapMs } from '../domain/api-key';
import { sessionPolicy } from '../domain/session';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { OAuthClients, type OAuthClientRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { scopeFor } from './scope-for';
import { hashSecret, newPublicId, newSecret } from './secret';

/** Programs of a partner act as the role `partner`, so that is the most that a client can be given. */
export const clientPermissions: ReadonlySet<Permission> = permissionsOf(['partner']);

export interface IssuedClient {
  readonly client: OAuthClientRecord;
  readonly secret: string;
}

const missing = refuse('not_found', 'There is no such client.');

@Injectable()
export class ManageOAuthClients {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly clients: OAuthClients,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  list(caller: Caller): Promise<readonly OAuthClientRecord[]> {
    return this.clients.list(this.db, scopeFor(caller.principal));
  }

  async get(caller: Caller, id: string): Promise<Answer<OAuthClientRecord>> {
    const client = await this.clients.find(this.db, scopeFor(caller.principal), id);
    return client === null ? missing : ok(client);
  }

  async create(caller: Caller, wanted: { name: string; scopes: readonly Permission[] }): Promise<Answer<IssuedClient>> {
    const scopes = checkScopes(wanted.scopes, clientPermissions);
    if (!scopes.ok) return scopes;
    const secret = `abs_${newSecret()}`;
    const now = this.time.now();
    const client: OAuthClientRecord = {
      id: uuidv7(now),
      tenantId: caller.tenantId,
      name: wanted.name,
      clientId: `abc_${newPublicId(20)}`,
      secretHash: hashSecret(secret),
      previousSecretHash: null,
      previousSecretExpiresAt: null,
      scopes: [...new Set(wanted.scopes)].sort(),
      status: 'active',
      lastUsedAt: null,
      createdAt: now,
      updatedAt: now,
      version: 1,
    };
    return inTransaction(this.db, async (tx) => {
      await this.clients.insert(tx, client);
      await this.audit(tx, caller, 'oauth_client.created', client);
      return ok({ client, secret });
    });
  }

  /** Both secrets work for a day, so that the partner can move over. */
  async rotateSecret(caller: Caller, id: string): Promise<Answer<IssuedClient>> {
    return this.write(caller, id, async (tx, client) => {
      if (client.status !== 'active') return refuse('key_not_rotatable', 'The client is disabled.');
      const secret = `abs_${newSecret()}`;
      const now = this.time.now();
      const next = await this.clients.update(
        tx,
        id,
        {
          secretHash: hashSecret(secret),
          previousSecretHash: client.secretHash,
          previousSecretExpiresAt: new Date(now.getTime() + rotationOverlapMs),
        },
        now,
      );
      await this.audit(tx, caller, 'oauth_client.secret_rotated', client);
      return ok({ client: next, secret });
    });
  }

  async change(
    caller: Caller,
    id: string,
    change: { name?: string | undefined; status?: 'active' | 'disabled' | undefined; scopes?: readonly Permission[] | undefined },
    expected?: number,
  ): Promise<Answer<OAuthClientRecord>> {
    if (change.scopes !== undefined) {
      const scopes = checkScopes(change.scopes, clientPermissions);
      if (!scopes.ok) return scopes;
    }
    return this.write(caller, id, async (tx, client) => {
      const now = this.time.now();
      const patch = {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.status === undefined ? {} : { status: change.status }),
        ...(change.scopes === undefined ? {} : { scopes: [...new Set(change.scopes)].sort() }),
      };
      const next = await this.clients.update(tx, id, patch, now, expected);
      if (next.status === 'disabled' && client.status === 'active') await this.endTokens(tx, client, now);
      await this.audit(tx, caller, 'oauth_client.updated', next);
      return ok(next);
    });
  }

  private async endTokens(tx: Tx, client: OAuthClientRecord, now: Date): Promise<void> {
    const ended = await this.clients.revokeTokens(tx, client.id, now);
    if (ended.length === 0) return;
    await tx.publish(sessionRevoked, {
      key: client.id,
      tenantId: client.tenantId,
      data: {
        subject_id: client.id,
        session_ids: ended,
        reason: 'disabled',
        tokens_expire_at: new Date(now.getTime() + sessionPolicy.accessTokenMs).toISOString(),
      },
    });
  }

  private async write<T>(caller: Caller, id: string, work: (tx: Tx, client: OAuthClientRecord) => Promise<Answer<T>>): Promise<Answer<T>> {
    return inTransaction(this.db, async (tx) => {
      const client = await this.clients.find(tx, scopeFor(caller.principal), id);
      return client === null ? missing : work(tx, client);
    });
  }

  private audit(tx: Tx, caller: Caller, action: string, client: OAuthClientRecord): Promise<void> {
    const after = { name: client.name, scopes: client.scopes, status: client.status };
    return tx.audit({ ...auditedBy(caller), action, object: { type: 'oauth_client', id: client.id }, tenantId: client.tenantId, after });
  }
}
