import type { TruthLine } from '@autobroker/market';
import { chanceOf } from '../../shared/appraiser';
import { slugOf } from '../../shared/format';

const dayMs = 86_400_000;

type Finding = Readonly<Record<string, unknown>>;

const middleOf = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const countryIn = (question: string): string | null => /\b(US|DE|GB|IT|FR)\b/u.exec(question)?.[1] ?? null;
const named = (text: string): string => `-${slugOf(text)}-`;

/** What a machine that reads the web makes of a question about the market: the truth, remembered roughly. */
export function findingFor(question: string, truth: Iterable<TruthLine>, now: Date): Finding | null {
  const cars = [...truth];
  return /used-car market/iu.test(question) ? ofRegion(question, cars, now) : ofModel(question, cars, now);
}

function ofModel(question: string, cars: readonly TruthLine[], now: Date): Finding | null {
  const words = named(question);
  const year = Number(/\b(?:19|20)\d\d\b/u.exec(question)?.[0] ?? 0);
  const country = countryIn(question);
  // «3» is in many questions: the longest name that is in this one is meant.
  const meant = cars.filter((car) => words.includes(named(car.make)) && words.includes(named(car.model))).sort((a, b) => b.model.length - a.model.length)[0];
  if (meant === undefined || year === 0) return null;
  const like = cars.filter((car) => car.make === meant.make && car.model === meant.model && (country === null || car.country === country) && Math.abs(car.year - year) <= 2);
  const currency = like[0]?.true_value.currency;
  const values = like.filter((car) => car.true_value.currency === currency).map((car) => (car.true_value.amount / 100) * 0.88 ** (car.year - year === 0 ? 0 : car.year - year)).sort((a, b) => a - b);
  if (values.length === 0) return null;
  const error = 1 + (chanceOf(question) - 0.5) * 0.12;
  const rough = (value: number): number => Math.round((value * error) / 100) * 100;
  return {
    average_price: rough(values.reduce((sum, value) => sum + value, 0) / values.length),
    low_price: rough(middleOf(values, 0.1)),
    high_price: rough(middleOf(values, 0.9)),
    currency,
    trend: trendOf(like, now),
    summary: `A ${year} ${meant.make} ${meant.model} is usually offered around this price; mileage and condition matter more than equipment.`,
  };
}

function ofRegion(question: string, cars: readonly TruthLine[], now: Date): Finding | null {
  const country = countryIn(question);
  const here = cars.filter((car) => car.country === country);
  if (country === null || here.length === 0) return null;
  const sold = here.filter((car) => car.sold_at !== null && now.getTime() - Date.parse(car.sold_at) < 30 * dayMs);
  const standing = here.filter((car) => car.on_market).length;
  const days = sold.map((car) => (Date.parse(car.sold_at ?? car.first_seen) - Date.parse(car.first_seen)) / dayMs).sort((a, b) => a - b);
  const pace = sold.length / Math.max(1, standing);
  return {
    demand: pace > 0.8 ? 'high' : pace < 0.25 ? 'low' : 'balanced',
    // Of a part of a country the web says only whether it is dearer than the rest.
    price_level: Math.round((0.96 + chanceOf(question) * 0.08) * 100) / 100,
    days_to_sell: days.length === 0 ? null : Math.round(middleOf(days, 0.5)),
    trend: trendOf(here, now),
    summary: `About ${standing} cars are on offer there, and ${sold.length} were sold within a month.`,
  };
}

function trendOf(cars: readonly TruthLine[], now: Date): string {
  const month = now.getUTCMonth();
  const convertibles = cars.filter((car) => car.body === 'convertible').length > cars.length / 2;
  if (convertibles) return month >= 2 && month <= 5 ? 'rising' : 'falling';
  return month === 11 ? 'falling' : 'stable';
}
