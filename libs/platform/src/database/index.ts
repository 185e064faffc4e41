export type {
  Actor,
  AuditEntry,
  LateWrite,
  EntityClass,
  IsolationLevel,
  ManagerSource,
  Migration,
  PublishInput,
  QueryOptions,
  ServiceSchema,
  SqlRunner,
  TransactionOptions,
  Tx,
} from './types';
export {
  ClaimLostError,
  constraintOf,
  DatabaseUnavailableError,
  isConflict,
  isStalePlan,
  isUnavailable,
  isUniqueViolation,
  QueryTimeoutError,
  RowMissingError,
  sqlStateOf,
  StaleVersionError,
} from './errors';
export { connectDirect, type ConnectionOptions, type TlsOptions } from './pool';
export { Database } from './database';
export { type FetchMany, GatheredReads } from './gathered-reads';
export { DatabaseHost, type DatabaseHealth, type DatabaseHooks, type DatabaseSettings } from './database-host';
export { type QueryListener, type QueryTiming } from './query-timer';
export {
  checksumOf,
  migrate,
  MigrationError,
  pendingMigrations,
  type AppliedMigration,
  type MigrateOptions,
} from './migrator';
export { indexesInUse, type IndexesInUse } from './indexes-in-use';
export { roleOf, timeLimits, type ProvisionOptions } from './provision';
export { jsonRow } from './json-sql';
export { lockNames } from './named-locks';
export { StatementNames, type StatementName } from './statement-names';
export { platformTables } from './platform-tables';
export { maintainMonths, partitionedByMonth, type MonthsReport } from './partitions';
export { databaseHost, databaseOf } from './tokens';
export { databaseConfig, databaseSettings, provisionSettings, vaultConfig, vaultSettings } from './config';
export { runUnderClaim, WorkClaim } from './work-claim';
export { databaseInstrumentation } from './instrumentation';
export { scopeOf, systemScope, type TenantScope } from './tenant-scope';
export { TenantRepository, type FindOptions, type TenantEntity, type TenantWhere } from './tenant-repository';
export { updateVersioned, type Patch, type UpdateOptions, type VersionedEntity } from './versioned';
export { schemaDrift } from './drift';
export { PersonVault, type DecryptOptions, type VaultSettings } from './vault/person-vault';
export { PersonErasedError } from './vault/person-keys';
export { MasterKeys } from './vault/master-keys';
export { SealBrokenError } from './vault/sealed-box';
