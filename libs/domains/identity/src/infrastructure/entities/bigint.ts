/** The driver gives bigint as text; these stay far below 2^53 (a TOTP step is seconds / 30). */
export const bigintAsNumber = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};
