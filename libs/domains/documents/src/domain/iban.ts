/** Whether the two check digits of an IBAN are those of the rest (ISO 7064, mod 97-10): money to one that are not goes nowhere. */
export function hasItsCheckDigits(iban: string): boolean {
  const digits = [...`${iban.slice(4)}${iban.slice(0, 4)}`].map((letter) => Number.parseInt(letter, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
