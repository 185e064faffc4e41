import { SystemClock } from '@autobroker/kernel';
import { defineService, type ServiceDefinition } from '@autobroker/platform/app';
import type { ConfigOf } from '@autobroker/platform/config';
import { databaseOf, PersonVault, platformTables, vaultConfig, vaultSettings, type Database } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { SigningKeys } from '@autobroker/platform/signing';
import { Module } from '@nestjs/common';
import { CollectAudit } from './api/consumers/collect-audit.consumer';
import { ForgetKeys } from './api/consumers/forget-keys.broadcast';
import { identityControllers } from './api/controllers';
import { BuildExportJob, PurgeExpiredJob, RotateSigningKeysJob } from './api/jobs/housekeeping.job';
import { SendIdentityMail } from './api/jobs/send-mail.job';
import { systemActor } from './application/caller';
import { identityConfig } from './application/config';
import { FoundInstallation } from './application/found-installation';
import { VAULT } from './application/personal-data';
import { REAL_TIME, type RealTime } from './application/real-time';
import { RevokedLately } from './application/revoked-lately';
import { SeedDemo } from './application/seed-demo';
import { TenantLookups } from './application/tenant-lookup';
import { tellOfRotation } from './application/tell-of-rotation';
import { useCases } from './application/use-cases';
import { VerifyApiKey } from './application/verify-api-key';
import { rotationPolicy } from './domain/signing-key-rotation';
import { identityEntities } from './infrastructure/entities';
import { identityMigrations } from './infrastructure/migrations';
import { adapters } from './infrastructure/providers';

@Module({
  controllers: identityControllers,
  providers: [
    { provide: REAL_TIME, useFactory: () => new SystemClock() },
    {
      provide: VAULT,
      useFactory: (db: Database, config: ConfigOf<typeof vaultConfig>) => new PersonVault(db, vaultSettings(config)),
      inject: [databaseOf('identity'), vaultConfig.token],
    },
    {
      provide: SigningKeys,
      useFactory: (db: Database, vault: PersonVault, clock: RealTime) => new SigningKeys(db, vault, { policy: rotationPolicy, clock, system: systemActor, promoted: tellOfRotation }),
      inject: [databaseOf('identity'), VAULT, REAL_TIME],
    },
    ...adapters,
    ...useCases,
    CollectAudit,
    ForgetKeys,
    SendIdentityMail,
    RotateSigningKeysJob,
    PurgeExpiredJob,
    BuildExportJob,
  ],
})
export class IdentityModule {}

/** The identity service, ready to be hosted by an app. */
export const identityService: ServiceDefinition = defineService({
  name: 'identity',
  module: IdentityModule,
  entities: identityEntities,
  migrations: [...platformTables('identity'), ...identityMigrations],
  config: [identityConfig, vaultConfig],
  routes: collectRoutes(identityControllers),
  found: FoundInstallation,
  seed: SeedDemo,
  authPorts: { keySource: SigningKeys, apiKeys: VerifyApiKey, tenants: TenantLookups, revocations: RevokedLately },
});
