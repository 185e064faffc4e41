import { findMake, fuelOf, gearboxOf, parseMileage } from '@autobroker/vocabulary';
import { type CaptureOrigin } from '@autobroker/contracts';
import { has, type Draft } from '../draft';
import { childrenOf, isElement, Text, tidy, type Element, type Node } from '../html/dom';
import { say, type Reading } from '../reading';

const separators = /\s*[•|·∙●]\s*|\s+[-–—]\s+|\s+\/\s+|;\s+/u;

/** Short pieces of text as a card shows them. */
export const chunksOf = (root: Element): readonly string[] => {
  const chunks: string[] = [];
  const walk: Node[] = [root];
  while (walk.length > 0 && chunks.length < 200) {
    const node = walk.pop();
    if (node instanceof Text) {
      if (node.data.length < 400) chunks.push(...tidy(node.data).split(separators).filter((part) => part !== '' && part.length < 100));
    } else if (node !== undefined && !(isElement(node) && /^(?:script|style|noscript|template|svg|button|select)$/u.test(node.name))) walk.push(...[...childrenOf(node)].reverse());
  }
  return chunks;
};

const distance = /^(?:ca\.?\s*)?\d[\d.,'’\u00a0\u202f ]*\s?k?\s?(?:km|kms|mi|mi\.|miles|mls|kilometers|kilometres)(?:\s?(?:driven|gelaufen|\((?:actual|not actual|exempt|tatsächlich)\)))?$/iu;
const usPlace = /^([A-Z][\p{L} .'-]{1,40}), ?([A-Z]{2})(?: (\d{5}))?(?:\s*\(?\s*\d[\d,.]* ?mi\.?(?:les)?(?: away)?\)?)?$/u;
const euPlace = /^(?:([A-Z]{1,2})-)?(\d{4,5}) (\p{Lu}[\p{L} .'()/-]{1,40})$/u;

/** Equipment that borrows the words: `Premium Package`, `Auto High-Beam Headlights`. */
const equipment = /&|pkg|package|paket|premium(?! (?:unleaded|gas))|beam|light|climate|klima|parking|hold|wip(?:er|ing)|start|dimm/iu;

/** What a card says without labels. */
export const sayChunks = (draft: Draft, chunks: readonly string[], reading: Reading, from: CaptureOrigin = 'selector'): void => {
  for (const chunk of chunks) {
    if (!has(draft, 'mileage') && distance.test(chunk)) {
      const read = parseMileage(chunk, { locale: reading.locale, unit: reading.unit });
      // Few miles are how far away it stands.
      if (read !== null && (read.value >= 100 || !/\bmi/iu.test(chunk))) {
        say(draft, 'mileage', chunk, from, 0.65);
        say(draft, 'mileage_unit', read.unit, from, 0.65);
      }
    } else if (!has(draft, 'year', 'first_registration') && /^(?:(?:EZ|FR|Bj|Baujahr|Reg)\.?:?\s*)?(?:19[5-9]|20[0-4])\d$/iu.test(chunk)) say(draft, 'year', chunk.slice(-4), from, 0.6);
    else if (!has(draft, 'first_registration') && /^(?:EZ|FR|1\. ?Reg\.?)?:?\s*(?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d$/iu.test(chunk)) say(draft, 'first_registration', chunk.replace(/^\D+/u, ''), from, 0.65);
    else if (chunk.length < 26 && !has(draft, 'gearbox') && gearboxOf(chunk) !== null && !equipment.test(chunk) && !/\d(?![\s-]*(?:speed|gang|gear|marce|vitesses|speed))/iu.test(chunk)) say(draft, 'gearbox', chunk, from, 0.55);
    else if (chunk.length < 26 && !has(draft, 'fuel') && fuelOf(chunk) !== null && !equipment.test(chunk) && !/\d|(?:l|kwh)\/100/iu.test(chunk) && findMake(chunk) === null) say(draft, 'fuel', chunk, from, 0.55);
    else if (!has(draft, 'city')) sayPlace(draft, chunk);
  }
};

export const sayPlace = (draft: Draft, chunk: string): void => {
  const us = usPlace.exec(chunk);
  const code = us === null ? euPlace.exec(chunk) : null;
  // A year before a name is a car, not a place.
  const eu = code !== null && (/^(?:19[3-9]|20[0-4])\d$/u.test(code[2] ?? '') || findMake(code[3] ?? '') !== null) ? null : code;
  if (us !== null) {
    say(draft, 'city', us[1], 'selector', 0.55);
    say(draft, 'region', us[2], 'selector', 0.55);
    say(draft, 'postal_code', us[3], 'selector', 0.55);
  } else if (eu !== null) {
    say(draft, 'country', eu[1], 'selector', 0.5);
    say(draft, 'postal_code', eu[2], 'selector', 0.55);
    say(draft, 'city', eu[3], 'selector', 0.55);
  }
};
