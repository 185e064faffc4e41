/** In the order in which the standards count: letters, then digits, zero last. I, O and Q do not exist. */
export const ORDER = 'ABCDEFGHJKLMNPRSTUVWXYZ1234567890';

const VALUES: Readonly<Record<string, number>> = {
  A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8,
  J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9,
  S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9,
};
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Position 9 as 49 CFR 565.15(c) computes it: weighted sum modulo 11, where 10 is written X. */
export function checkDigitOf(vin: string): string {
  const sum = WEIGHTS.reduce((total, weight, position) => {
    const character = vin.charAt(position);
    return total + weight * (VALUES[character] ?? Number(character));
  }, 0);
  const rest = sum % 11;
  return rest === 10 ? 'X' : `${rest}`;
}
