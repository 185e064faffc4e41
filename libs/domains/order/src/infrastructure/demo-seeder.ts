import { Inject, Injectable } from '@nestjs/common';
import type { DemoSeeder, DemoWorld } from '@autobroker/platform/app';
import { type Database, databaseOf } from '@autobroker/platform/database';
import type { Party } from '../application/party';
import { Policies } from '../application/ports';
import { usualPolicy } from '../domain/tenant-policy';

const words = (slug: string): string => slug.split('-').map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`).join(' ');

/** Papers of a sale have to name the broker: the demo's tenants say who they are. */
@Injectable()
export class OrderDemo implements DemoSeeder {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly policies: Policies,
  ) {}

  async seed({ tenants }: DemoWorld): Promise<void> {
    for (const { id, slug, currency } of tenants) {
      await this.db.transaction(async (tx) => {
        if ((await this.policies.of(tx, id)).version === 0) await this.policies.save(tx, id, { policy: usualPolicy, broker: brokerOf(slug, currency) }, 0, this.db.clock.now());
      });
    }
  }
}

/** A demo broker where its currency is at home. */
function brokerOf(slug: string, currency: string): Party {
  const british = currency === 'GBP';
  const address = british
    ? { line1: '14 Dock Street', line2: null, postalCode: 'LS10 1JF', city: 'Leeds', region: null, country: 'GB' }
    : { line1: 'Chausseestraße 86', line2: null, postalCode: '10115', city: 'Berlin', region: null, country: 'DE' };
  return { role: 'broker', name: `${words(slug)} ${british ? 'Ltd' : 'GmbH'}`, kind: 'business', address, email: `sales@${slug}.example`, vatId: british ? 'GB123456782' : 'DE123456788', licenceNo: null };
}
