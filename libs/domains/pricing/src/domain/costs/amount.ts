import { Rational, type RationalLike } from '@autobroker/kernel';

/** From what it is at least to what it is at most; the same where it is exact. Minor units. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

export const exact = (amount: number): Span => ({ least: amount, most: amount });
/** Of what a rule gives as one amount, or as two. */
export const fromTo = (amount: number | readonly [least: number, most: number]): Span => (typeof amount === 'number' ? exact(amount) : { least: amount[0], most: amount[1] });
export const plus = (a: Span, b: Span): Span => ({ least: a.least + b.least, most: a.most + b.most });

/** A share of an amount, in per cent, half a cent up. */
export function percentOf(amount: number, percent: RationalLike): number {
  const product = Rational.from(percent).times(amount).times(Rational.of(1, 100));
  const doubled = product.numerator * 2n + product.denominator;
  const whole = doubled / (product.denominator * 2n);
  return Number(doubled < 0n && doubled % (product.denominator * 2n) !== 0n ? whole - 1n : whole);
}
