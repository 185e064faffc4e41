import type { Clock } from '@autobroker/kernel';

/**
 * Injection token of the clock for tokens, waits and sessions. The platform's own `Clock` may be moved by a sandbox to
 * test deadlines of orders; that must neither sign everybody out nor lift a lock, so these run on real time.
 */
export const REAL_TIME: symbol = Symbol.for('identity:real-time');
export type RealTime = Clock;
