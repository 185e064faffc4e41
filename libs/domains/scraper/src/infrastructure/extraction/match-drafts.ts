import { valueOf, type Draft } from './draft';
import { idInUrl, keyOfUrl } from './page/links';

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
