import { canonicalCar, type CanonicalCar } from '@autobroker/vocabulary';
import { valueOf, type Draft } from './draft';
import { idInUrl, keyOfUrl } from './page/links';
import { yearIn } from './page/words';

const words = (text: string | null) => (text ?? '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').split(/[^\p{L}\d]+/u).filter((word) => word !== '');

const steps = (text: string) => `-${text.toLowerCase().replace(/[^a-z\d]+/gu, '-')}-`;

/** An id is part of an address, with other signs between: `5-65521149` in `/5_65521149_20071212`. */
const standsIn = (id: string | null, url: string | null): boolean => id !== null && url !== null && id.length >= 6 && /\d{4}/u.test(id) && steps(url).includes(steps(id));

/** Do two drafts of one page speak of the same car? Nothing in common is no. */
export const sameListing = (a: Draft, b: Draft): boolean => {
  const [vinA, vinB] = [valueOf(a, 'vin'), valueOf(b, 'vin')];
  if (vinA !== null && vinB !== null) return vinA === vinB;
  if (a.url !== null && b.url !== null && keyOfUrl(a.url) === keyOfUrl(b.url)) return true;
  if (a.externalId !== null && (a.externalId === b.externalId || a.externalId === idInUrl(b.url))) return true;
  if (b.externalId !== null && b.externalId === idInUrl(a.url)) return true;
  return standsIn(a.externalId, b.url) || standsIn(b.externalId, a.url);
};

/** How well a text (a heading, an address) names this car: the share of its make and model that it holds. */
export const namedIn = (draft: Draft, text: string): number => {
  const make = words(valueOf(draft, 'make'));
  const model = words(valueOf(draft, 'model'));
  const wanted = make.length + model.length > 1 ? [...make, ...model] : words(valueOf(draft, 'title')).slice(0, 6);
  if (wanted.length === 0) return 0;
  const there = new Set(words(text));
  const joined = [...there].join('');
  return wanted.filter((word) => there.has(word) || (word.length > 2 && joined.includes(word))).length / wanted.length;
};

/** Contradicts what is known: another make, model, year or VIN. */
export const contradicts = (a: Draft, b: Draft): boolean =>
  (['vin', 'make', 'model', 'year'] as const).some((field) => {
    const [one, other] = [words(valueOf(a, field)).join(''), words(valueOf(b, field)).join('')];
    return one !== '' && other !== '' && !one.includes(other) && !other.includes(one);
  });

const known = (car: CanonicalCar): boolean => car.model !== null && car.how !== 'unknown' && car.how !== 'fuzzy';

/** A heading that names a car names another one than this: another make, a model that is certainly another, other years. */
export const isAnother = (draft: Draft, heading: string): boolean => {
  const there = canonicalCar({ title: heading.slice(0, 200) });
  if (there.make === null) return false;
  const here = canonicalCar({ make: valueOf(draft, 'make'), model: valueOf(draft, 'model'), title: valueOf(draft, 'title') });
  if (here.make === null) return false;
  if (here.make !== there.make) return true;
  const [one, other] = [words(here.model).join(''), words(there.model).join('')];
  if (known(here) && known(there) && !one.includes(other) && !other.includes(one)) return true;
  const years = [yearIn(heading), valueOf(draft, 'year')].map(Number);
  const [said = 0, own = 0] = years;
  // A car is registered in the year after that of its model.
  return said > 0 && own > 0 && Math.abs(said - own) > 1;
};
