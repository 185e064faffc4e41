/**
 * What to do with the part that does not fit.
 * `half-up` and `half-down` look at the size of the number (−2.5 becomes −3 and −2), `up` is away from zero, `down` towards it.
 */
export type Rounding = 'half-up' | 'half-even' | 'half-down' | 'up' | 'down' | 'ceiling' | 'floor';

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(%?)$/;

/** An exact fraction: rates, shares and tax factors are kept as these until the one place where an amount is rounded. */
export class Rational {
  static readonly zero = new Rational(0n, 1n);
  static readonly one = new Rational(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    /** Always above zero, and without a common factor with the numerator. */
    readonly denominator: bigint,
  ) {}

  /** Whole numbers only: a float such as 0.1 has already lost what was meant, so write '0.1'. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    const top = whole(numerator);
    const bottom = whole(denominator);
    if (bottom === 0n) throw new RangeError('The denominator of a rational is zero');
    const divisor = gcd(top, bottom) * (bottom < 0n ? -1n : 1n);
    return new Rational(top / divisor, bottom / divisor);
  }

  /** '0.19', '-1.5', '19%', '42'. Throws on anything else: text from outside goes through `Rational.tryParse`. */
  static parse(text: string): Rational {
    const value = Rational.tryParse(text);
    if (value === undefined) throw new RangeError(`Not a decimal number: ${JSON.stringify(text)}`);
    return value;
  }

  static tryParse(text: string): Rational | undefined {
    const match = DECIMAL.exec(text);
    if (!match) return undefined;
    const [, sign = '', units = '', fraction = '', percent = ''] = match;
    const digits = BigInt(units + fraction);
    const scale = 10n ** BigInt(fraction.length + (percent ? 2 : 0));
    return Rational.of(sign === '-' ? -digits : digits, scale);
  }

  static from(value: RationalLike): Rational {
    if (value instanceof Rational) return value;
    return typeof value === 'string' ? Rational.parse(value) : Rational.of(value);
  }

  plus(other: RationalLike): Rational {
    const right = Rational.from(other);
    return Rational.of(this.numerator * right.denominator + right.numerator * this.denominator, this.denominator * right.denominator);
  }

  minus(other: RationalLike): Rational {
    return this.plus(Rational.from(other).negate());
  }

  times(other: RationalLike): Rational {
    const right = Rational.from(other);
    return Rational.of(this.numerator * right.numerator, this.denominator * right.denominator);
  }

  dividedBy(other: RationalLike): Rational {
    const right = Rational.from(other);
    if (right.numerator === 0n) throw new RangeError('Division by zero');
    return Rational.of(this.numerator * right.denominator, this.denominator * right.numerator);
  }

  negate(): Rational {
    return new Rational(-this.numerator, this.denominator);
  }

  compare(other: RationalLike): -1 | 0 | 1 {
    const difference = this.minus(other).numerator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  equals(other: RationalLike): boolean {
    return this.compare(other) === 0;
  }

  /** The nearest whole number by the rule given. */
  round(rounding: Rounding): bigint {
    return divideRounded(this.numerator, this.denominator, rounding);
  }

  /** A decimal string with exactly so many places. */
  toDecimal(places: number, rounding: Rounding): string {
    return placePoint(this.times(10n ** BigInt(places)).round(rounding), places);
  }

  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }
}

/** A rate as it may be written in code: '0.19', '19%', 3, 7n or an exact fraction. */
export type RationalLike = Rational | string | bigint | number;

/** `numerator / denominator` as a whole number; the denominator is above zero. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const towardsZero = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return towardsZero;
  const sign = numerator < 0n ? -1n : 1n;
  return goesAway(rounding, sign, compareToHalf(rest, denominator), towardsZero) ? towardsZero + sign : towardsZero;
}

function goesAway(rounding: Rounding, sign: bigint, half: -1 | 0 | 1, towardsZero: bigint): boolean {
  switch (rounding) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'ceiling':
      return sign > 0n;
    case 'floor':
      return sign < 0n;
    case 'half-up':
      return half >= 0;
    case 'half-down':
      return half > 0;
    case 'half-even':
      return half > 0 || (half === 0 && towardsZero % 2n !== 0n);
  }
}

function compareToHalf(rest: bigint, denominator: bigint): -1 | 0 | 1 {
  const twice = (rest < 0n ? -rest : rest) * 2n;
  return twice < denominator ? -1 : twice > denominator ? 1 : 0;
}

/** 1234n with 2 places is '12.34'. */
export function placePoint(units: bigint, places: number): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function whole(value: bigint | number): bigint {
  if (typeof value === 'bigint') return value;
  if (!Number.isSafeInteger(value)) throw new RangeError(`A rational is made of safe whole numbers, not ${value}`);
  return BigInt(value);
}

function gcd(left: bigint, right: bigint): bigint {
  let [a, b] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
