import type { BoundCounter, BoundHistogram } from '../../telemetry';

/** What is counted and logged about the requests of one route. */
export interface RouteWatch {
  readonly method: string;
  readonly route: string;
  readonly hot: boolean;
  readonly byStatus: Map<number, { readonly seconds: BoundHistogram; readonly total: BoundCounter }>;
}

export const watchOf = (method: string, route: string, hot: boolean): RouteWatch => ({
  method,
  route,
  hot,
  byStatus: new Map(),
});
