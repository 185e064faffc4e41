import { Inject, Injectable } from '@nestjs/common';
import { type PaymentProvider, uuidv7 } from '@autobroker/kernel';
import type { ConfigOf } from '@autobroker/platform/config';
import { type Database, databaseOf, PersonVault, vaultConfig, vaultSettings } from '@autobroker/platform/database';
import type { PaymentConfig } from '../application/config';

interface EndpointMaker {
  readonly wanted: readonly string[];
  /** What it is told of; null where it is gone. */
  eventsOf(id: string): Promise<readonly string[] | null>;
  /** The whole list of what it is told of from now on; its secret stays what it is. */
  tellOf(id: string, events: readonly string[]): Promise<void>;
  make(address: string): Promise<{ readonly id: string; readonly secret: string }>;
  remove(id: string): Promise<void>;
}

interface Row {
  readonly id: string;
  readonly endpoint_ref: string;
  readonly secret: string;
}

const purpose = 'webhook-secret';
const rememberMs = 60_000;
/** Whatever happens, at both providers. */
const everything = '*';

export const webhookAddress = ({ publicUrl, port }: Pick<PaymentConfig, 'publicUrl' | 'port'>, provider: PaymentProvider): string => `${publicUrl ?? `http://localhost:${port}`}/api/v1/webhooks/${provider}`;

/** What an endpoint is told of and what it should be besides: what somebody has added stays. Null where nothing is missing. */
export function withWanted(told: readonly string[], wanted: readonly string[]): readonly string[] | null {
  const missing = wanted.filter((one) => !told.includes(one));
  return told.includes(everything) || missing.length === 0 ? null : [...told, ...missing];
}

/** The secrets of the webhook endpoints that we have made ourselves; sealed, since whoever has one can make events. */
@Injectable()
export class WebhookSecrets {
  private readonly vault: PersonVault;
  private readonly known = new Map<string, { readonly secrets: readonly string[]; readonly at: number }>();
  private readonly sure = new Set<string>();

  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    @Inject(vaultConfig.token) config: ConfigOf<typeof vaultConfig>,
  ) {
    this.vault = new PersonVault(db, vaultSettings(config));
  }

  async of(provider: PaymentProvider, address: string): Promise<readonly string[]> {
    const name = `${provider} ${address}`;
    const remembered = this.known.get(name);
    if (remembered !== undefined && remembered.secrets.length > 0 && performance.now() - remembered.at < rememberMs) return remembered.secrets;
    const row = await this.find(provider, address);
    const secret = row === null ? null : await this.vault.decrypt(row.id, row.secret, { purpose });
    const secrets = secret === null ? [] : [secret];
    this.known.set(name, { secrets, at: performance.now() });
    return secrets;
  }

  /** Sees to it that there is one, and that it is told of all that is wanted now; of two that are made at once, one goes again. */
  async ensure(provider: PaymentProvider, address: string, maker: EndpointMaker): Promise<void> {
    const name = `${provider} ${address}`;
    if (this.sure.has(name)) return;
    const row = await this.find(provider, address);
    const told = row === null ? null : await maker.eventsOf(row.endpoint_ref);
    if (row !== null && told !== null) {
      const all = withWanted(told, maker.wanted);
      if (all !== null) await maker.tellOf(row.endpoint_ref, all);
    } else {
      const made = await maker.make(address);
      const kept = await this.keep(provider, address, made, row?.endpoint_ref ?? null);
      if (!kept) await maker.remove(made.id);
      this.known.delete(name);
    }
    this.sure.add(name);
  }

  private keep(provider: PaymentProvider, address: string, made: { readonly id: string; readonly secret: string }, instead: string | null): Promise<boolean> {
    const now = this.db.clock.now();
    return this.db.transaction(async (tx) => {
      const id = uuidv7(now);
      const rows = await tx.query(
        `insert into payment.webhook_endpoints (provider, address, id, endpoint_ref, secret, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (provider, address) do update set id = excluded.id, endpoint_ref = excluded.endpoint_ref, secret = excluded.secret, created_at = excluded.created_at
         where payment.webhook_endpoints.endpoint_ref = $7 returning 1`,
        [provider, address, id, made.id, await this.vault.encrypt(tx, id, made.secret, purpose), now, instead],
      );
      return rows.length > 0;
    });
  }

  private async find(provider: PaymentProvider, address: string): Promise<Row | null> {
    const [row] = await this.db.query<Row>('select id, endpoint_ref, secret from payment.webhook_endpoints where provider = $1 and address = $2', [provider, address], { name: 'payment-webhook-endpoint' });
    return row ?? null;
  }
}
