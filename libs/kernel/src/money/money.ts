import { refuse, type Refusal } from '../refusal';
import { ok, type Result } from '../result';
import { type CurrencyCode, exponentOf, isCurrencyCode } from './currency';
import { formatMoney, type MoneyFormat } from './format';
import { parseAmount, type MoneyParseCode } from './parse';
import { divideRounded, placePoint, Rational, type RationalLike, type Rounding } from './rational';

/** How money looks in JSON, on the wire and in events. */
export interface MoneyJson {
  readonly amount: number;
  readonly currency: CurrencyCode;
}

/** Two currencies met where one was needed: always a bug in the caller, so it is thrown. */
export class CurrencyMismatchError extends Error {
  override readonly name = 'CurrencyMismatchError';
  readonly code = 'currency_mismatch';

  constructor(
    readonly expected: CurrencyCode,
    readonly actual: CurrencyCode,
  ) {
    super(`An amount in ${actual} met one in ${expected}`);
  }
}

/** An amount that is no whole number of minor units, or too large to be held exactly. */
export class MoneyAmountError extends Error {
  override readonly name = 'MoneyAmountError';
  readonly code = 'money_amount';
}

/** An exact amount: a whole number of minor units (cents, yen, fils) of one currency. Immutable. */
export class Money {
  private constructor(
    /** In minor units; always a safe integer, never −0. */
    readonly amount: number,
    readonly currency: CurrencyCode,
  ) {}

  static of(amountMinor: number | bigint, currency: CurrencyCode): Money {
    if (!isCurrencyCode(currency)) throw new MoneyAmountError(`Not an ISO 4217 currency: ${JSON.stringify(currency)}`);
    const amount = Number(amountMinor);
    if (!Number.isSafeInteger(amount)) throw new MoneyAmountError(`Not a safe whole number of minor units: ${amountMinor}`);
    return new Money(amount === 0 ? 0 : amount, currency);
  }

  static zero(currency: CurrencyCode): Money {
    return Money.of(0, currency);
  }

  /** Reads `{ amount, currency }` from outside; refuses anything that is not exactly an amount. */
  static fromJSON(json: unknown): Result<Money, Refusal<'invalid_money'>> {
    if (typeof json !== 'object' || json === null || !('amount' in json) || !('currency' in json)) {
      return refuse('invalid_money', 'Money is an object with amount and currency');
    }
    const { amount, currency } = json;
    if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) {
      return refuse('invalid_money', 'The amount is a whole number of minor units');
    }
    if (!isCurrencyCode(currency)) return refuse('invalid_money', 'The currency is an ISO 4217 code');
    return ok(Money.of(amount, currency));
  }

  /** '18990.00' and '-5' by the currency's own decimals, as machines write it: a point, no grouping. */
  static fromDecimal(text: string, currency: CurrencyCode): Result<Money, Refusal<'invalid_money'>> {
    const exact = /%/.test(text) ? undefined : Rational.tryParse(text);
    if (exact === undefined) return refuse('invalid_money', 'Not a decimal number');
    const minor = exact.times(10n ** BigInt(exponentOf(currency)));
    if (minor.denominator !== 1n) return refuse('invalid_money', `More decimals than ${currency} has`);
    if (!isSafe(minor.numerator)) return refuse('invalid_money', 'The amount is too large');
    return ok(Money.of(minor.numerator, currency));
  }

  /**
   * Reads an amount as people write it in a place: '18.990,00 €', 'CHF 1’250.–', '$1,234.50'. What could mean two amounts
   * or two currencies there is refused. Without a currency the text must name one; without a locale the
   * text must mean the same everywhere.
   */
  static parse(text: string, currency: CurrencyCode | undefined, locale: string | undefined): Result<Money, Refusal<MoneyParseCode>> {
    const parsed = parseAmount(text, currency, locale);
    return parsed.ok ? ok(Money.of(parsed.value.minor, parsed.value.currency)) : parsed;
  }

  /** The sum of any number of amounts; the currency says what nothing adds up to. */
  static sum(amounts: Iterable<Money>, currency: CurrencyCode): Money {
    let total = Money.zero(currency);
    for (const amount of amounts) total = total.add(amount);
    return total;
  }

  static min(first: Money, ...others: Money[]): Money {
    return others.reduce((least, next) => (next.compare(least) < 0 ? next : least), first);
  }

  static max(first: Money, ...others: Money[]): Money {
    return others.reduce((most, next) => (next.compare(most) > 0 ? next : most), first);
  }

  add(other: Money): Money {
    return this.with(BigInt(this.amount) + BigInt(this.same(other).amount));
  }

  subtract(other: Money): Money {
    return this.with(BigInt(this.amount) - BigInt(this.same(other).amount));
  }

  negate(): Money {
    return this.with(-BigInt(this.amount));
  }

  abs(): Money {
    return this.amount < 0 ? this.negate() : this;
  }

  /** By a rate that is written exactly ('0.19', '19%', a Rational), rounded once and as told. */
  multiply(rate: RationalLike, rounding: Rounding): Money {
    return this.with(Rational.from(rate).times(this.amount).round(rounding));
  }

  divide(divisor: RationalLike, rounding: Rounding): Money {
    return this.multiply(Rational.one.dividedBy(divisor), rounding);
  }

  /** Into another currency at so many of its major units for one of ours. */
  exchange(rate: RationalLike, to: CurrencyCode, rounding: Rounding): Money {
    const scale = Rational.of(10n ** BigInt(exponentOf(to)), 10n ** BigInt(exponentOf(this.currency)));
    return Money.of(Rational.from(rate).times(scale).times(this.amount).round(rounding), to);
  }

  /**
   * Shares that add up to exactly this amount, each less than one minor unit away from its exact share. What is left
   * goes to the largest remainders, among equals to the earlier one; a weight of zero gets nothing.
   */
  allocate(weights: readonly RationalLike[]): Money[] {
    const parts = weights.map((weight) => Rational.from(weight));
    if (parts.some((part) => part.numerator < 0n)) throw new RangeError('A weight is below zero');
    const total = parts.reduce((sum, part) => sum.plus(part), Rational.zero);
    if (total.numerator === 0n) throw new RangeError('At least one weight must be above zero');

    const sign = this.amount < 0 ? -1n : 1n;
    const size = BigInt(this.amount) * sign;
    const exact = parts.map((part) => part.times(size).dividedBy(total));
    const shares = exact.map((share) => divideRounded(share.numerator, share.denominator, 'down'));
    let left = size - shares.reduce((sum, share) => sum + share, 0n);
    const byRemainder = exact
      .map((share, index) => ({ index, remainder: share.minus(shares[index] ?? 0n) }))
      .sort((a, b) => b.remainder.compare(a.remainder) || a.index - b.index);
    for (const { index } of byRemainder) {
      if (left === 0n) break;
      shares[index] = (shares[index] ?? 0n) + 1n;
      left -= 1n;
    }
    return shares.map((share) => this.with(share * sign));
  }

  /** Into so many parts that differ by at most one minor unit, the larger ones first. */
  split(parts: number): Money[] {
    if (!Number.isSafeInteger(parts) || parts < 1) throw new RangeError('The number of parts is a whole number above zero');
    return this.allocate(Array.from({ length: parts }, () => 1n));
  }

  compare(other: Money): -1 | 0 | 1 {
    const right = this.same(other).amount;
    return this.amount < right ? -1 : this.amount > right ? 1 : 0;
  }

  /** Unlike `compare`, two currencies are simply not equal. */
  equals(other: Money): boolean {
    return this.currency === other.currency && this.amount === other.amount;
  }

  isLessThan(other: Money): boolean {
    return this.compare(other) < 0;
  }

  isGreaterThan(other: Money): boolean {
    return this.compare(other) > 0;
  }

  get isZero(): boolean {
    return this.amount === 0;
  }

  get isNegative(): boolean {
    return this.amount < 0;
  }

  get isPositive(): boolean {
    return this.amount > 0;
  }

  /** '18990.00': exact, with a point, for files and other systems. */
  toDecimal(): string {
    return placePoint(BigInt(this.amount), exponentOf(this.currency));
  }

  /** For people, by the conventions of a locale. */
  format(locale: string, how: MoneyFormat = {}): string {
    return formatMoney(this, locale, how);
  }

  toJSON(): MoneyJson {
    return { amount: this.amount, currency: this.currency };
  }

  toString(): string {
    return `${this.toDecimal()} ${this.currency}`;
  }

  private with(minor: bigint): Money {
    return Money.of(minor, this.currency);
  }

  private same(other: Money): Money {
    if (other.currency !== this.currency) throw new CurrencyMismatchError(this.currency, other.currency);
    return other;
  }
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}
