import { refuse, type Refusal } from './refusal';
import { ok, type Result } from './result';

export interface DurationParts {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/** A duration as tables and configuration write it: 'PT15M', 'P14D', 'P1Y'. */
export type DurationText = `P${string}`;

const ISO = /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/u;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * An ISO 8601 duration. Days are of 24 hours in UTC; months and years follow the calendar and stop at the last day of a
 * shorter month (31 January and a month is 28 or 29 February).
 */
export class Duration {
  private constructor(
    /** Calendar months, years included. */
    readonly months: number,
    /** Everything that has a fixed length. */
    readonly fixedMs: number,
  ) {}

  static of(parts: DurationParts): Duration {
    const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parts;
    return Duration.make(years * 12 + months, weeks * 7 * DAY + days * DAY + hours * HOUR + minutes * MINUTE + Math.round(seconds * SECOND));
  }

  static ofMs(ms: number): Duration {
    return Duration.make(0, ms);
  }

  static between(from: Date, to: Date): Duration {
    return Duration.make(0, to.getTime() - from.getTime());
  }

  static tryParse(text: string): Result<Duration, Refusal<'invalid_duration'>> {
    const match = ISO.exec(text);
    if (!match) return refuse('invalid_duration', `Not an ISO 8601 duration: ${JSON.stringify(text)}`);
    const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part: string | undefined) => Number(part ?? 0));
    const total = (years ?? 0) * 12 + (months ?? 0);
    const ms = ((weeks ?? 0) * 7 + (days ?? 0)) * DAY + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + Math.round((seconds ?? 0) * SECOND);
    if (!Number.isSafeInteger(total) || !Number.isSafeInteger(ms)) return refuse('invalid_duration', 'The duration is too long');
    return ok(new Duration(total, ms));
  }

  /** For text that stands in our own code and tables; throws when it is wrong. */
  static parse(text: string): Duration {
    const parsed = Duration.tryParse(text);
    if (!parsed.ok) throw new RangeError(parsed.error.detail);
    return parsed.value;
  }

  static from(value: Duration | string): Duration {
    return value instanceof Duration ? value : Duration.parse(value);
  }

  /** In milliseconds; throws for months and years, which have no fixed length. */
  get ms(): number {
    if (this.months !== 0) throw new RangeError(`${this.toString()} has no fixed length: add it to a date`);
    return this.fixedMs;
  }

  addTo(date: Date): Date {
    return this.shift(date, 1);
  }

  subtractFrom(date: Date): Date {
    return this.shift(date, -1);
  }

  /** Whether so much time has passed since a moment. The exact end counts as passed. */
  hasPassed(since: Date, now: Date): boolean {
    return this.addTo(since).getTime() <= now.getTime();
  }

  plus(other: Duration): Duration {
    return Duration.make(this.months + other.months, this.fixedMs + other.fixedMs);
  }

  equals(other: Duration): boolean {
    return this.months === other.months && this.fixedMs === other.fixedMs;
  }

  toString(): DurationText {
    const years = Math.trunc(this.months / 12);
    const days = Math.trunc(this.fixedMs / DAY);
    const hours = Math.trunc((this.fixedMs % DAY) / HOUR);
    const minutes = Math.trunc((this.fixedMs % HOUR) / MINUTE);
    const seconds = (this.fixedMs % MINUTE) / SECOND;
    const date = part(years, 'Y') + part(this.months % 12, 'M') + part(days, 'D');
    const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S');
    return date + time === '' ? 'PT0S' : `P${date}${time === '' ? '' : `T${time}`}`;
  }

  toJSON(): DurationText {
    return this.toString();
  }

  private static make(months: number, fixedMs: number): Duration {
    if (!Number.isSafeInteger(months) || !Number.isSafeInteger(fixedMs) || months < 0 || fixedMs < 0) {
      throw new RangeError('A duration is made of whole months and milliseconds, none below zero');
    }
    return new Duration(months, fixedMs);
  }

  private shift(date: Date, sign: 1 | -1): Date {
    const moved = new Date(date);
    if (this.months !== 0) {
      const day = moved.getUTCDate();
      moved.setUTCDate(1);
      moved.setUTCMonth(moved.getUTCMonth() + sign * this.months);
      moved.setUTCDate(Math.min(day, daysInMonth(moved)));
    }
    return new Date(moved.getTime() + sign * this.fixedMs);
  }
}

function part(count: number, unit: string): string {
  return count === 0 ? '' : `${count}${unit}`;
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
