import type { Token } from '../text/fold';
import { makeByName } from './catalogue';
import { modelOfCode } from './codes';
import { nearest } from './near';
import type { ModelKey } from './parse';

/** A model found in a run of words. */
export interface ModelFound {
  readonly make: string;
  readonly model: string;
  /** The words it covers. */
  readonly at: number;
  readonly until: number;
  readonly how: 'exact' | 'alias' | 'fuzzy';
  /** The words say more than the model, so they belong to the trim as well. */
  readonly keep: boolean;
  readonly fallback: boolean;
  readonly numbered: boolean;
}

const LONGEST = 5;
const bare = (key: string): string => (key.includes('.') || key.includes(',') ? key.replaceAll(/[.,]/gu, '') : key);
/** «3», «500», «e»: only where the model belongs. */
const isFaint = (key: string): boolean => key.length === 1 || /^\d+$/u.test(key);
const UNIT = /^(?:km|kms|mi|miles|ps|kw|hp|bhp|cv|ch|cc|ccm|cm3|eur|euro|gbp|usd|kg|l|tkm|owners?|owner|door|doors|dr|turer|trg|turig|turen|sitzer|seats?|seater|porte|portes|puertas|plazas|posti|nm|months?|monate|jahre|years?|gang|speed|spd|zoll|inch|k)$/u;

/** Words that may stand between a make and its model. */
const noise = new Set(
  ('new,used,the,nice,clean,great,super,very,beautiful,for,sale,selling,neu,gebraucht,gebrauchte,gebrauchter,verkaufe,vends,vendo,vend,vendu,te,koop,sprzedam,occasion,usata,usato,certified,preowned,pre,owned,' +
    'a,my,am,wts,fs,model,modell,modele,modello,modelo,uk,us,eu,motor,motors,automobile,automobiles,cars,group,benz,one,single,owner,low,miles,mileage,all,stunning,immaculate,lovely,reduced,cheap,only,just,in,brand').split(','),
);

export const isNoise = (key: string): boolean => noise.has(key) || /^(?:19|20)\d\d$/u.test(key);

/**
 * The model that a run of words names, from the left, the longest run first. A faint name («3» for a Mazda) counts only
 * right at the start; a fallback only when nothing better follows.
 */
export function findModel(make: string, words: readonly Token[], text: string, fuzzy = false): ModelFound | null {
  const known = makeByName(make);
  if (known === undefined) return null;
  let start = 0;
  while (start < words.length && isNoise(words[start]?.key ?? '') && known.models.get(words[start]?.key ?? '') === undefined) start += 1;
  let spare: ModelFound | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const found = longestAt(make, known.models, words, text, at, at <= start);
    if (found === null) continue;
    if (!found.fallback) return refine(make, known.models, words, found);
    spare ??= found;
  }
  return spare ?? (fuzzy ? nearModel(make, known.models, words, start) : null);
}

function longestAt(make: string, models: ReadonlyMap<string, ModelKey>, words: readonly Token[], text: string, at: number, first: boolean): ModelFound | null {
  let best: ModelFound | null = null;
  let key = '';
  for (let until = at + 1; until <= words.length && until <= at + LONGEST; until += 1) {
    const word = words[until - 1];
    if (word === undefined) break;
    key += bare(word.key);
    const faint = isFaint(key);
    if (faint && (!first || UNIT.test(words[until]?.key ?? '') || word.key !== bare(word.key))) continue;
    const meaning = (text[word.end] === '+' ? models.get(`${key}plus`) : undefined) ?? models.get(key);
    if (meaning !== undefined) best = { ...resolve(make, meaning), at, until, how: meaning.canonical ? 'exact' : 'alias' };
    else {
      const model = modelOfCode(make, key);
      if (model !== null && !(faint && UNIT.test(words[until]?.key ?? ''))) best = { make, model, at, until, how: 'alias', keep: true, fallback: false, numbered: false };
    }
  }
  return best;
}

function resolve(make: string, meaning: ModelKey): Pick<ModelFound, 'make' | 'model' | 'keep' | 'fallback' | 'numbered'> {
  const { keep, fallback, numbered } = meaning;
  return { make: meaning.elsewhere ?? make, model: meaning.model ?? '', keep, fallback, numbered };
}

/** «218d Active Tourer», «320d Gran Turismo»: the engine's code named the series, a word behind it the body of its own. */
function refine(make: string, models: ReadonlyMap<string, ModelKey>, words: readonly Token[], found: ModelFound): ModelFound {
  if (make !== 'BMW' || !found.model.endsWith(' Series')) return found;
  const series = found.model.charAt(0);
  for (let at = found.until; at < Math.min(words.length, found.until + 8); at += 1) {
    const pair = `${words[at]?.key ?? ''}${words[at + 1]?.key ?? ''}`;
    const single = words[at]?.key === 'gt' ? 'gt' : '';
    const meaning = models.get(`${series}series${pair}`) ?? (single === '' ? undefined : models.get(`${series}series${single}`));
    if (meaning?.model != null && meaning.model !== found.model && !meaning.keep) return { ...found, model: meaning.model, keep: true };
  }
  return found;
}

const SHORTEST_FUZZY = 5;

function nearModel(make: string, models: ReadonlyMap<string, ModelKey>, words: readonly Token[], start: number): ModelFound | null {
  for (let at = start; at < Math.min(words.length, start + 2); at += 1) {
    const key = words[at]?.key ?? '';
    if (key.length < SHORTEST_FUZZY || /\d/u.test(key)) continue;
    const near = nearest(key, models.keys(), 1);
    const meaning = near === null ? undefined : models.get(near);
    if (meaning !== undefined && !meaning.fallback) return { ...resolve(make, meaning), at, until: at + 1, how: 'fuzzy' };
  }
  return null;
}
