import type { RouteDefinition } from '../route/define-route';
import type { RouteInput } from '../route/input';

/** A route of the platform itself, beside those of controllers. */
export interface BuiltIn {
  readonly route: RouteDefinition;
  readonly handle: (input: RouteInput<unknown, unknown, unknown>) => unknown;
  /**
   * Unguarded ones answer without asking who calls: probes and documents must not depend on the identity service.
   * Guarded ones treat a caller who cannot be checked right now as anonymous.
   */
  readonly guarded: boolean;
}
