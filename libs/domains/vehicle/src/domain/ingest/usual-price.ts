/** New and of any make, in whole units of a strong currency. */
const newPrice = 32_000;
const keptAYear = 0.86;
const oldestTold = 25;
const least = 1_500;

/** How much more, or less, makes cost than most. */
const times: Readonly<Record<string, number>> = {
  Ferrari: 8, Lamborghini: 8, 'Rolls-Royce': 10, Bentley: 6, McLaren: 7, 'Aston Martin': 5, Bugatti: 60, Koenigsegg: 40, Pagani: 40, Maybach: 6, Maserati: 2.8, Porsche: 3,
  BMW: 1.6, 'Mercedes-Benz': 1.7, Audi: 1.5, 'Land Rover': 2, Jaguar: 1.6, Lexus: 1.5, Tesla: 1.5, Lucid: 2.4, Rivian: 2.2, Cadillac: 1.7, Lincoln: 1.6, Genesis: 1.5, Lotus: 2,
  GMC: 1.5, Ram: 1.5, Hummer: 2, Dacia: 0.5, smart: 0.6, Suzuki: 0.7, Fiat: 0.7, Lada: 0.4,
};

/**
 * Roughly what such a car costs. Far too rough to call a price wrong; enough to tell which of two that differ by a factor of
 * some is the slip. Null for cars that are collected.
 */
export function usualPrice(make: string, year: number, now: Date): number | null {
  const age = Math.max(0, now.getUTCFullYear() - year);
  return age > oldestTold ? null : Math.max(least, newPrice * (times[make] ?? 1) * keptAYear ** age);
}
