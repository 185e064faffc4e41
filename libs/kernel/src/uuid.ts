const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const MAX_TIME = 2 ** 48 - 1;
const COUNTER_BITS = 42;
const COUNTER_LIMIT = 2 ** COUNTER_BITS;
const POOL_WORDS = 256;

/**
 * A UUIDv7 (RFC 9562 §5.7, method 2 of §6.2): 48 bits of time, then a 42-bit counter that starts at random and grows by
 * a random step within a millisecond, then 32 random bits. Ids made by one process for the same millisecond ascend.
 *
 * Given a time, the id carries exactly that time; without one it takes the machine's and never goes backwards.
 */
export function uuidv7(now?: Date): string {
  return now === undefined ? generate(systemSequence, Date.now(), true) : generate(timedSequence, now.getTime(), false);
}

interface Sequence {
  time: number;
  counter: number;
}

const systemSequence: Sequence = { time: -1, counter: 0 };
const timedSequence: Sequence = { time: -1, counter: 0 };

function generate(sequence: Sequence, time: number, neverBack: boolean): string {
  if (!Number.isInteger(time) || time < 0 || time > MAX_TIME) {
    throw new RangeError('A UUIDv7 needs a time from 1970 up to the year 10889');
  }
  const same = time === sequence.time || (neverBack && time < sequence.time);
  if (same) {
    sequence.counter += 1 + (randomWord() & 0xff);
    if (sequence.counter >= COUNTER_LIMIT) {
      // 2^33 ids within one millisecond at least: borrow the next one, as §6.2 allows.
      sequence.time += 1;
      sequence.counter = randomStart();
    }
  } else {
    sequence.time = time;
    sequence.counter = randomStart();
  }
  return layOut(sequence.time, sequence.counter, randomWord());
}

/** The upper bit stays clear, so that there is room to count. */
function randomStart(): number {
  return (randomWord() & 0x1ff) * 2 ** 32 + randomWord();
}

/** Every three digits, and every two: looked up faster than numbers are turned into text and filled up. */
const threes = Array.from({ length: 4_096 }, (_, value) => value.toString(16).padStart(3, '0'));
const twos = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));
const three = (value: number): string => threes[value & 0xfff] ?? '';
const two = (value: number): string => twos[value & 0xff] ?? '';
/** 32 bits. */
const eight = (value: number): string => three(value >>> 20) + three(value >>> 8) + two(value);

let prefixTime = -1;
let prefix = '';

/** Thousands of ids share a millisecond. */
function prefixOf(time: number): string {
  if (time !== prefixTime) {
    const digits = time.toString(16).padStart(12, '0');
    prefix = `${digits.slice(0, 8)}-${digits.slice(8)}-7`;
    prefixTime = time;
  }
  return prefix;
}

function layOut(time: number, counter: number, tail: number): string {
  const counterLow = counter % 2 ** 30;
  const randB = 0x80000000 + counterLow;
  return `${prefixOf(time)}${three(Math.floor(counter / 2 ** 30))}-${two(randB >>> 24)}${two(randB >>> 16)}-${two(randB >>> 8)}${two(randB)}${eight(tail)}`;
}

const pool = new Uint32Array(POOL_WORDS);
let used = POOL_WORDS;

/** 32 random bits, drawn a kilobyte at a time: one call of the operating system per id would dominate its cost. */
function randomWord(): number {
  if (used === POOL_WORDS) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const word = pool[used] ?? 0;
  used += 1;
  return word;
}

/** Any version and variant, in the usual 8-4-4-4-12 form. (Two signatures, so that a string that is none stays a string.) */
export function isUuid(text: string): boolean;
export function isUuid(text: unknown): text is string;
export function isUuid(text: unknown): boolean {
  return typeof text === 'string' && UUID.test(text);
}

export function isUuidv7(text: string): boolean;
export function isUuidv7(text: unknown): text is string;
export function isUuidv7(text: unknown): boolean {
  return typeof text === 'string' && UUID_V7.test(text);
}

/** The moment a UUIDv7 was made, to the millisecond; `undefined` for anything else. */
export function timeOfUuid(id: string): Date | undefined {
  return isUuidv7(id) ? new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) : undefined;
}

/** The smallest UUIDv7 of a moment: a bound for ranges over ids by time. */
export function uuidv7Floor(time: Date): string {
  const at = time.getTime();
  if (!Number.isInteger(at) || at < 0 || at > MAX_TIME) throw new RangeError('A UUIDv7 needs a time from 1970 up to the year 10889');
  return layOut(at, 0, 0);
}
