export { ManualClock } from '@autobroker/kernel';
export {
  createTestDatabase,
  testDatabase,
  withDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from './test-database';
export { leaseTestServer, workspaceRoot, type TestServerLease } from './test-server';
export { recordEvents, type EventRecorder } from './record-events';
export { JobRecorder, recordJobs, type RecordedJob } from './record-jobs';
export { asUser, trustingTests, type TestUser } from './users';
export { testApp, testTenant, type TestApp, type TestAppOptions } from './test-app';
export { speakerFor } from './speaker';
export { SandboxProcess } from './sandbox-process';
export { contractSuite, eventFixtureSuite, type Implementation } from './contract-suite';
