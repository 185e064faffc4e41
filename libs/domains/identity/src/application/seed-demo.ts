import { tenantRoles, type Role } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import type { DemoSeeder } from '@autobroker/platform/app';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { AccountWriter } from './account-writer';
import { systemActor } from './caller';
import { ManageTenants, type NewTenant } from './manage-tenants';
import { PersonalData } from './personal-data';
import { Consents, PasswordHasher, Tenants, Users, type TenantRecord } from './ports';

/** The demo's one password. It is in the source for everybody to read, so production refuses to seed with it. */
export const demoPassword = 'autobroker demo 2026';

type DemoWorld = Parameters<DemoSeeder['seed']>[0];

const settings = { mfa_required_for_staff: false, registration_open: true };
const demoTenants: readonly (NewTenant & { readonly domain: string })[] = [
  {
    slug: 'aurora-motors', name: 'Aurora Motors', domain: 'aurora.example', hosts: ['aurora.example', 'aurora.localhost'], currency: 'EUR', country: 'DE',
    locale: 'en', tier: 'pro', branding: { display_name: 'Aurora Motors', primary_color: '#1d4ed8', support_email: 'help@aurora.example' }, settings,
  },
  {
    slug: 'blueline-autos', name: 'Blueline Autos', domain: 'blueline.example', hosts: ['blueline.example', 'blueline.localhost'], currency: 'GBP', country: 'GB',
    locale: 'en', tier: 'enterprise', branding: { display_name: 'Blueline Autos', primary_color: '#0f766e', support_email: 'help@blueline.example' }, settings,
  },
];
const operatorEmail = 'operator@autobroker.example';

@Injectable()
export class DemoPeople {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly accounts: AccountWriter,
    private readonly hasher: PasswordHasher,
    private readonly personal: PersonalData,
    private readonly consents: Consents,
  ) {}

  async ensure(tenantId: string | null, role: Role, email: string): Promise<void> {
    if ((await this.users.byEmail(this.db, tenantId, this.personal.emailIndex(email))) !== null) return;
    const passwordHash = await this.hasher.hash(demoPassword);
    const name = `${role.slice(0, 1).toUpperCase()}${role.slice(1)} Demo`;
    await this.db.transaction((tx) =>
      this.accounts.create(
        tx,
        { tenantId, roles: [role], email, emailVerified: true, name, locale: 'en', passwordHash, method: 'seed' },
        { actor: systemActor },
      ),
    );
  }

  async documents(): Promise<void> {
    const publishedAt = this.db.clock.now();
    const texts = [
      { kind: 'terms', title: 'Terms of use', url: 'https://autobroker.example/terms' },
      { kind: 'privacy', title: 'Privacy notice', url: 'https://autobroker.example/privacy' },
      { kind: 'marketing', title: 'News and offers by e-mail', url: 'https://autobroker.example/news' },
    ];
    await this.db.transaction(async (tx) => {
      for (const text of texts) {
        await this.consents.publish(tx, { id: uuidv7(publishedAt), tenantId: null, version: '2026-11', required: false, publishedAt, ...text });
      }
    });
  }
}

/** Two brokers with somebody in every role, and an operator. Run again it adds what is missing and changes nothing. */
@Injectable()
export class SeedDemo implements DemoSeeder {
  constructor(
    private readonly tenants: Tenants,
    private readonly management: ManageTenants,
    private readonly people: DemoPeople,
    @Inject(databaseOf('identity')) private readonly db: Database,
  ) {}

  async seed(world: DemoWorld): Promise<void> {
    if (process.env.NODE_ENV === 'production') throw new Error('a demo, with its public password, is not for production');
    for (const { domain, ...wanted } of demoTenants) {
      const tenant = await this.tenant(wanted);
      world.tenants.push({ id: tenant.id, slug: tenant.slug, currency: tenant.currency });
      for (const role of tenantRoles) {
        const email = `${role}@${domain}`;
        await this.people.ensure(tenant.id, role, email);
        world.accounts.push({ role, tenant: tenant.slug, email, password: demoPassword });
      }
    }
    await this.people.ensure(null, 'operator', operatorEmail);
    world.accounts.push({ role: 'operator', tenant: null, email: operatorEmail, password: demoPassword });
    await this.people.documents();
  }

  private async tenant(wanted: NewTenant): Promise<TenantRecord> {
    const known = await this.tenants.bySlug(this.db, wanted.slug);
    if (known !== null) return known;
    const made = await this.management.create(systemActor, wanted);
    if (!made.ok) throw new Error(`the demo tenant ${wanted.slug} could not be made: ${made.error.detail}`);
    return made.value;
  }
}
