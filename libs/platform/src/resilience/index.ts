export {
  allCircuits,
  CircuitBreaker,
  CircuitOpenError,
  type CircuitOptions,
  type CircuitReport,
  type CircuitState,
} from './circuit-breaker';
