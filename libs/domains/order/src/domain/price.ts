import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import type { Price, PriceLine } from './order';

/** In hundredths of a per cent: 1,000 is a tenth. */
export type BasisPoints = number;

/** The deposit of a total, to the nearest minor unit, half up. */
export const depositOf = (total: number, share: BasisPoints): number => Math.floor((total * share + 5_000) / 10_000);

export const totalOf = (lines: readonly PriceLine[]): number => lines.reduce((sum, { amount }) => sum + amount, 0);

export interface LineChange {
  readonly code: string;
  readonly amount: number;
}

/**
 * A price with some of its lines at other amounts. What is held as a deposit stays held, but never more than the whole price.
 */
export function repriced(price: Price, changes: readonly LineChange[]): Result<Price, Refusal<'validation_failed'>> {
  const unknown = changes.findIndex(({ code }) => !price.lines.some((line) => line.code === code));
  if (unknown >= 0) return refuse('validation_failed', 'There is no such line', { errors: [{ pointer: `/lines/${unknown}/code`, code: 'unknown_line', detail: 'is no line of this price' }] });
  const amounts = new Map(changes.map(({ code, amount }) => [code, amount]));
  const lines = price.lines.map((line) => ({ ...line, amount: amounts.get(line.code) ?? line.amount }));
  const total = totalOf(lines);
  if (lines.every(({ amount }, at) => amount === price.lines[at]?.amount)) return refuse('validation_failed', 'Nothing changes', { errors: [{ pointer: '/lines', code: 'no_change', detail: 'has the amounts that it has' }] });
  return ok({ ...price, lines, total, deposit: Math.min(price.deposit, total) });
}
