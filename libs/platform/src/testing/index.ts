export { ManualClock } from '@autobroker/kernel';
export { createTestDatabase, testDatabase, withDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database';
export { leaseTestServer, workspaceRoot, type TestServerLease } from './test-server';
