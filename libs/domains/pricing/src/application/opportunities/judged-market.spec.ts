import { judgeDeal } from '../../domain/opportunity/judge';
import { isBargain, isTrap, judgedMarket, type JudgedCar } from '../../testing/judged-market';

/** `JUDGED_SEEDS=77,78,79 JUDGED_CARS=5000` judges larger markets, which takes minutes, and prints what it finds. */
const seeds = (process.env['JUDGED_SEEDS'] ?? '77').split(',').map(Number);
const cars = Number(process.env['JUDGED_CARS'] ?? '1500');
const at = new Date('2026-11-20T12:00:00.000Z');

/** The list as a fresh installation has it, before anybody else was asked. */
function listOf(market: readonly JudgedCar[]): JudgedCar[] {
  const found = market.flatMap((one) => {
    const { deal, reason } = judgeDeal(one.question, { score: 35, profit: 30_000, probability: 0.6 });
    return reason === null ? [{ one, score: deal.score.score }] : [];
  });
  return found.sort((a, b) => b.score - a.score || (a.one.car.vehicleId < b.one.car.vehicleId ? -1 : 1)).map(({ one }) => one);
}

it.each(seeds)('the first of the list of market %i are bargains, and no traps', (seed) => {
  const market = judgedMarket({ seed, cars, at });
  const list = listOf(market);
  const [bargains, traps] = [isBargain, isTrap].map((is) => [20, 50, 100].map((n) => list.slice(0, n).filter(is).length));
  if (process.env['JUDGED_SEEDS'] !== undefined) process.stdout.write(`market ${seed}: ${market.length} cars, ${market.filter(isBargain).length} bargains, ${list.length} found; of the first 20, 50, 100 bargains ${bargains?.join(', ')}, traps ${traps?.join(', ')}\n`);
  const byChance = market.filter(isBargain).length / market.length;
  // By chance two or three of twenty; by the largest claimed discount half a dozen.
  expect(bargains?.[0]).toBeGreaterThanOrEqual(10);
  expect((bargains?.[1] ?? 0) / 50).toBeGreaterThan(2 * byChance);
  expect(traps?.[0]).toBeLessThanOrEqual(1);
  // They are there, and cheap.
  expect(market.filter((one) => isTrap(one) && one.share < 0.8).length).toBeGreaterThan(10);
}, 600_000);
