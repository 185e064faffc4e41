import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import type { Price, PriceLine } from './order';

/** In hundredths of a per cent: 1,000 is a tenth. */
export type BasisPoints = number;

/** The deposit of a total, to the nearest minor unit, half up. */
export const depositOf = (total: number, share: BasisPoints): number => Math.floor((total * share + 5_000) / 10_000);

export const totalOf = (lines: readonly PriceLine[]): number => lines.reduce((sum, { amount }) => sum + amount, 0);

/** No car costs more in any currency, and shares of it can still be reckoned to the minor unit. */
const mostTotal = 1_000_000_000_000;

export interface LineChange {
  readonly code: string;
  readonly amount: number;
}

/**
 * A price with some of its lines at other amounts. What is held as a deposit stays held, but never more than the whole price.
 */
export function repriced(price: Price, changes: readonly LineChange[]): Result<Price, Refusal<'validation_failed'>> {
  const unknown = changes.findIndex(({ code }) => !price.lines.some((line) => line.code === code));
  if (unknown >= 0) return wrong(`/lines/${unknown}/code`, 'unknown_line', 'is no line of this price');
  const again = changes.findIndex(({ code }, at) => changes.findIndex((other) => other.code === code) < at);
  if (again >= 0) return wrong(`/lines/${again}/code`, 'duplicate', 'is there already');
  const amounts = new Map(changes.map(({ code, amount }) => [code, amount]));
  const lines = price.lines.map((line) => ({ ...line, amount: amounts.get(line.code) ?? line.amount }));
  const total = totalOf(lines);
  if (lines.every(({ amount }, at) => amount === price.lines[at]?.amount)) return wrong('/lines', 'no_change', 'has the amounts that it has');
  if (total <= 0) return wrong('/lines', 'nothing_to_pay', 'leaves nothing to pay');
  if (total > mostTotal) return wrong('/lines', 'too_much', 'is more than a car can cost');
  return ok({ ...price, lines, total, deposit: Math.min(price.deposit, total) });
}

const wrong = (pointer: string, code: string, detail: string): Result<never, Refusal<'validation_failed'>> => refuse('validation_failed', `The price ${detail}`, { errors: [{ pointer, code, detail }] });
