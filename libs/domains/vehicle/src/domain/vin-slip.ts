import { Vin } from '@autobroker/kernel';

/** Up to here a VIN tells the model; what follows is the running number, and another one may be another car. */
const runningFrom = 11;

export type VinLikeness =
  | 'same'
  /** One is the other with a slip of the pen that can be told. */
  | 'slip'
  /** They differ in one character of the running number: a slip, or the next car off the line. */
  | 'near'
  | 'different';

export function vinLikeness(a: string, b: string): VinLikeness {
  if (a === b) return 'same';
  if (a.length !== b.length) return 'different';
  const off = [...a].flatMap((character, index) => (character === b[index] ? [] : [index]));
  const [first = 0, second = 0] = off;
  if (off.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first]) return 'slip';
  if (off.length > 1) return 'different';
  // A check digit that fits one of them only says which of them was mistyped.
  return first < runningFrom || isMistyped(a) !== isMistyped(b) ? 'slip' : 'near';
}

const isMistyped = (vin: string): boolean => {
  const parsed = Vin.parse(vin);
  return !parsed.ok && parsed.error.code === 'vin_check_digit';
};
