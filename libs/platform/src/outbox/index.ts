export { assertSchemaName, eventsRole, messagingTables, type OutboxMigration } from './tables';
export {
  arrays,
  envelopeOf,
  InvalidEventError,
  outboxRows,
  type EventInput,
  type EventOrigin,
  type SqlPart,
} from './publish';
export { CommitSignal, commitSignal, type CommitListener } from './signal';
