import type { Founder } from '@autobroker/platform/app';
import { databaseOf, systemScope, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { AccountWriter } from './account-writer';
import { systemActor } from './caller';
import { identityConfig, type IdentityConfig } from './config';
import { ManageTenants } from './manage-tenants';
import { PasswordHasher, Users } from './ports';

type World = Parameters<Founder['found']>[0];

/**
 * What an installation needs before anybody can do anything: one tenant, and somebody who may run it. Makes what is not
 * there and leaves alone what is, so that it can run before every start.
 */
@Injectable()
export class FoundInstallation implements Founder {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    @Inject(identityConfig.token) private readonly config: IdentityConfig,
    private readonly tenants: ManageTenants,
    private readonly users: Users,
    private readonly accounts: AccountWriter,
    private readonly hasher: PasswordHasher,
  ) {}

  async found(world: World): Promise<void> {
    await this.firstTenant(world);
    await this.firstOperator(world);
  }

  private async firstTenant(world: World): Promise<void> {
    const { total } = await this.tenants.list({ limit: 1, offset: 0 });
    if (total > 0) return;
    const made = await this.tenants.create(systemActor, {
      slug: this.config.firstTenant,
      name: this.config.firstTenantName,
      hosts: [],
      currency: this.config.firstTenantCurrency,
      country: null,
      locale: 'en',
      tier: 'pro',
      branding: {},
      settings: { mfa_required_for_staff: false, registration_open: true },
    });
    // Another replica's preparation may have been a moment faster.
    if (!made.ok && made.error.code !== 'already_exists') throw new Error(`the first tenant could not be made: ${made.error.detail}`);
    if (made.ok) world.tenants.push({ id: made.value.id, slug: made.value.slug, currency: made.value.currency });
  }

  private async firstOperator(world: World): Promise<void> {
    const { operatorEmail: email, operatorPassword: password } = this.config;
    if (email === undefined || password === undefined) return;
    const everybody = systemScope('whether the installation has an operator');
    const { total } = await this.users.list(this.db, everybody, { role: 'operator', status: 'active' }, { limit: 1, offset: 0 });
    if (total > 0) return;
    const passwordHash = await this.hasher.hash(password);
    await this.db.transaction((tx) =>
      this.accounts.create(
        tx,
        { tenantId: null, roles: ['operator'], email, emailVerified: true, name: 'Operator', locale: 'en', passwordHash, method: 'seed' },
        { actor: systemActor },
      ),
    );
    world.accounts.push({ role: 'operator', tenant: null, email, password });
  }
}
