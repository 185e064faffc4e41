import { metrics } from '../telemetry';

export const messagingMetrics = {
  handled: metrics.counter({ name: 'events_handled_total', help: 'Events handled', labels: ['consumer'] }),
  duplicates: metrics.counter({ name: 'events_duplicate_total', help: 'Deliveries dropped because the inbox had them', labels: ['consumer'] }),
  failed: metrics.counter({ name: 'events_failed_total', help: 'Attempts to handle an event that failed', labels: ['consumer'] }),
  dead: metrics.counter({ name: 'events_dead_lettered_total', help: 'Events parked as dead letters', labels: ['consumer', 'reason'] }),
  lag: metrics.histogram({
    name: 'event_lag_seconds',
    help: 'From the time an event happened to the commit of its consumer',
    labels: ['consumer'],
  }),
  handling: metrics.histogram({ name: 'event_handling_seconds', help: 'Time in a consumer’s handler', labels: ['consumer'] }),
  behind: metrics.gauge({ name: 'event_consumer_behind', help: 'Events that a consumer has not taken yet', labels: ['consumer', 'source'] }),
  relayed: metrics.counter({ name: 'events_relayed_total', help: 'Events sent on to Kafka', labels: ['source'] }),
  gaps: metrics.counter({ name: 'event_broadcast_gaps_total', help: 'Times that broadcast subscribers may have missed something', labels: [] }),
};
