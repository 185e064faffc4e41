import { canonicalCar, parseYear } from '@autobroker/vocabulary';
import { type CaptureOrigin } from '@autobroker/contracts';
import { type Draft } from '../draft';
import { tidy } from '../html/dom';
import { say } from '../reading';

/** The year of a car in its title: at the beginning, or the only four digits that can be one. */
export const yearIn = (title: string): string | null => {
  const leading = /^\W*(?:(?:used|new|certified|pre-owned|cpo|gebraucht\w*|occasion)\W+)*((?:19[5-9]|20[0-4])\d)\b/iu.exec(title)?.[1];
  if (leading !== undefined) return leading;
  const years = new Set(title.match(/(?<![\d.,€$£-])(?:19[5-9]|20[0-4])\d(?![\d.,]\d|\s?(?:km|mi|miles|€|eur|ccm|cc)\b|-\d)/giu) ?? []);
  const [only] = years;
  return years.size === 1 && only !== undefined && parseYear(only) !== null ? only : null;
};

/** What a site adds to a title: its own name, what one can do here. */
export const withoutSite = (title: string): string =>
  tidy(title)
    .replace(/\s+[|–—·•»]\s+.*$/u, '')
    .replace(/\s+-\s+(?:[\w.]+\.(?:com|de|fr|it|es|nl|pl|co\.uk|at|ch|be)|autotrader|cars\.com|cargurus|gumtree|facebook|marketplace|ebay|autoscout24|mobile\.de|carfax|copart|iaai|craigslist)\b.*$/iu, '')
    .replace(/^(?:used|new|certified pre-owned|pre-owned|certified)\s+(?=(?:19|20)\d\d)/iu, '')
    .replace(/\s+(?:for sale|zum verkauf|à vendre|in vendita|en venta|te koop|na sprzedaż|kaufen|gebraucht kaufen)\b.*$/iu, '');

/** Make, model, trim and year as a title has them: for what no other layer says. */
export const sayTitle = (draft: Draft, written: string, from: Extract<CaptureOrigin, 'title' | 'url' | 'selector'>, sure: number): void => {
  const title = withoutSite(written).slice(0, 200);
  if (title === '') return;
  const car = canonicalCar({ title });
  say(draft, 'make', car.make, from, sure * car.confidence);
  // A model that is only like the word in the title is a guess.
  const model = car.how === 'fuzzy' ? null : car.model;
  if (car.make !== null) say(draft, 'model', model, from, sure * car.confidence);
  if (model !== null) say(draft, 'trim', car.trim, from, sure * 0.7 * car.confidence);
  const year = yearIn(title);
  // `Peugeot 2008` is a model.
  if (year !== model) say(draft, 'year', year, from, sure);
};

/** Does a text name a car that one can buy? */
export const namesCar = (text: string): boolean => {
  const car = canonicalCar({ title: withoutSite(text).slice(0, 200) });
  return car.make !== null && (car.model !== null || yearIn(text) !== null);
};
