export { assertSchemaName, eventsRole, messagingTables, type OutboxMigration } from './tables';
export {
  envelopeOf,
  insertOutbox,
  InvalidEventError,
  type EventInput,
  type EventOrigin,
  type OutboxQuery,
} from './publish';
export { CommitSignal, commitSignal, type CommitListener } from './signal';
