import { logger } from '../telemetry';
import type { TenantDirectory, TenantLookup, TenantRef } from './ports';
import { AuthRefusal, refusals } from './refusal';
import { Remembered } from './remembered';

const log = logger('auth.tenants');
const longestName = 253;

/** Which tenant a request is for, from memory whenever it was asked for within the last minute. */
export class Tenants {
  private readonly known: Remembered<TenantRef>;

  constructor(private readonly directory: TenantDirectory) {
    // While the directory is away a tenant that was there keeps its address: nothing secret hangs on it.
    this.known = new Remembered({ max: 5_000, foundForMs: 60_000, missingForMs: 5_000, staleForMs: 24 * 3_600_000 });
  }

  /** By slug or id, as X-Tenant names it. */
  named(tenant: string): string | Promise<string> {
    if (tenant.length > longestName) throw refusals.unknownTenant();
    return this.find(`tenant ${tenant}`, { tenant }, refusals.unknownTenant);
  }

  /** By host name; one that belongs to nobody leads to the installation's default tenant. */
  ofHost(host: string): string | Promise<string> {
    const name = hostName(host);
    return this.find(`host ${name}`, { host: name }, refusals.noTenant);
  }

  /** A tenant came, went, or changed its addresses: any answer may be another one now. */
  forgetAll(): void {
    this.known.forget(() => true);
  }

  private find(key: string, lookup: TenantLookup, missing: () => AuthRefusal): string | Promise<string> {
    const remembered = this.known.peek(key);
    if (remembered !== undefined) return idOr(remembered, missing);
    return this.known.ask(key, () => this.directory.find(lookup)).then(
      (tenant) => idOr(tenant, missing),
      (error: unknown) => {
        log.warn({ err: error }, 'the tenant directory did not answer');
        throw new AuthRefusal('unavailable', 'The tenant cannot be determined right now.', { 'retry-after': '5' });
      },
    );
  }
}

function idOr(tenant: TenantRef | null, missing: () => AuthRefusal): string {
  if (tenant === null) throw missing();
  return tenant.id;
}

/** Without port and case; `[::1]:4000` keeps its brackets. A name too long to be one is none. */
export function hostName(host: string): string {
  const lower = host.toLowerCase();
  const end = lower.startsWith('[') ? lower.indexOf(']') + 1 : lower.indexOf(':');
  const name = end > 0 ? lower.slice(0, end) : lower;
  return name.length > longestName ? '' : name.replace(/\.$/, '');
}
