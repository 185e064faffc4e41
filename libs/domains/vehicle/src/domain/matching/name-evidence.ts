import { evidence, nothing, type Evidence } from './evidence';
import type { MatchFacts } from './match';

const key = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .filter((word) => word !== '');

/**
 * Offers are only set side by side when their names agree, so agreement says nothing more; another make or model is
 * another car, unless one of them is a name that nobody knows and that holds the other.
 */
export function nameEvidence(a: MatchFacts, b: MatchFacts): Evidence[] {
  return [makeEvidence(a.make, b.make), modelEvidence(a, b)];
}

/** One has come out of the other, and people still say so. */
const sisters: readonly ReadonlySet<string>[] = [new Set(['seat', 'cupra']), new Set(['hyundai', 'genesis']), new Set(['dodge', 'ram']), new Set(['fiat', 'abarth']), new Set(['citroen', 'ds']), new Set(['opel', 'vauxhall'])];

function makeEvidence(a: string | null, b: string | null): Evidence {
  if (a === null || b === null) return evidence(-0.5, 'a make is missing');
  const [left, right] = [key(a), key(b)];
  if (left === right) return nothing;
  if (sisters.some((pair) => pair.has(left) && pair.has(right))) return evidence(-2, 'makes that are sold as one');
  if (left.length > 2 && right.length > 2 && (left.includes(right) || right.includes(left))) return evidence(-0.5, 'makes of one name');
  if (distance(left, right) === 1 && Math.min(left.length, right.length) >= 4) return evidence(-0.7, 'makes that differ by a letter');
  return evidence(-9, 'different makes');
}

function modelEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.model === null || b.model === null) return evidence(-1, 'a model is missing');
  const [left, right] = [key(a.model), key(b.model)];
  if (left === right) return nothing;
  // A trim is sometimes part of the model's name: "Golf" with trim "GTI" is "Golf GTI".
  const [whole, other] = [key(`${a.model}${a.trim ?? ''}`), key(`${b.model}${b.trim ?? ''}`)];
  if (whole === other) return nothing;
  if ((right.length >= 3 && whole.includes(right)) || (left.length >= 3 && other.includes(left))) return evidence(-0.7, 'one names the model, the other its version');
  const leads = Math.min(left.length, right.length) >= 2 && (left.startsWith(right) || right.startsWith(left));
  const wordsShared = wordsOf(a.model).some((word) => word.length > 1 && wordsOf(b.model ?? '').includes(word));
  if (leads && wordsShared) return evidence(-1, 'one model is part of the other');
  if (distance(left, right) === 1 && left.length >= 5 && !/\d/u.test(left + right)) return evidence(-1, 'models that differ by a letter');
  return evidence(wordsShared ? -5 : -8, 'different models');
}

/** Sources take the model year, the year of build or that of the first registration. */
export function yearEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.year === null || b.year === null) return evidence(-0.7, 'a year is missing');
  const apart = Math.abs(a.year - b.year);
  if (apart === 0) return nothing;
  if (apart === 1) return evidence(-2.2, 'one year apart');
  // One digit of it is mistyped sooner than another year is meant.
  return evidence(apart === 2 ? -4.2 : apart === 10 ? -4.5 : -8, `${apart} years apart`);
}

/** What dealers write into a trim without meaning one. */
const empty = new Set([
  'base', 'standard', 'automatic', 'manual', 'auto', 'dr', 'door', 'doors', '2d', '3d', '4d', '5d', '4dr', '2dr', '5dr', '3dr', 'sedan', 'coupe', 'hatchback', 'suv', 'wagon', 'estate', 'fwd', 'rwd', 'and', 'with', 'und', 'mit', 'the', 'ab', 'car', 'new', 'used',
  'clean', 'runs', 'great', 'nice', 'good', 'low', 'miles', 'sale', 'long', 'mot', 'euro', 'klima', 'sitzheizung', 'ahk', 'pdc', 'navi', 'led', 'scheckheft', '1.hand', 'hand', 'tuv', 'neu',
  'unico', 'proprietario', 'bellissima', 'tagliandi', 'certificati', 'premiere', 'main', 'tres', 'bon', 'etat', 'ct', 'ok', 'gps',
]);

export function trimEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  const left = trimWords(a);
  const right = trimWords(b);
  if (left.size === 0 || right.size === 0) return nothing;
  const shared = [...left].filter((word) => right.has(word));
  const smaller = Math.min(left.size, right.size);
  if (shared.length === left.size && shared.length === right.size) return evidence(1.2, 'the same trim');
  if (shared.length === smaller) return evidence(0.7, 'one trim says more than the other');
  if (holds(key(a.trim ?? ''), key(b.trim ?? ''))) return evidence(0.5, 'trims of one name');
  if (shared.length > 0) return evidence(shared.length / smaller >= 0.5 ? 0.2 : -0.4, 'trims that share words');
  return evidence(-2.1, 'different trims');
}

/** «TRD Off-Road» and «TRDOffroad»; «S» is no part of «SX». */
const holds = (a: string, b: string): boolean => Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a));

const trimWords = ({ trim, model }: MatchFacts): Set<string> => {
  const inModel = new Set(model === null ? [] : wordsOf(model));
  return new Set(wordsOf(trim ?? '').filter((word) => !empty.has(word) && !inModel.has(word)));
};

/** Levenshtein's distance, only as far as 2. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 1) return 2;
  let index = 0;
  while (index < Math.min(a.length, b.length) && a[index] === b[index]) index += 1;
  const rest = (text: string, from: number): string => text.slice(from);
  if (rest(a, index) === rest(b, index)) return 0;
  if (rest(a, index + 1) === rest(b, index + 1) || rest(a, index + 1) === rest(b, index) || rest(a, index) === rest(b, index + 1)) return 1;
  return 2;
}
