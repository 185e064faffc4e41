import type { Line } from '../text/fold';
import { makeByName } from './catalogue';
import { modelOfCode } from './codes';
import { nearest } from './near';
import type { ModelKey } from './parse';

/** A model found in a line. */
export interface ModelFound {
  readonly make: string;
  readonly model: string;
  /** The words it covers. */
  readonly at: number;
  readonly until: number;
  readonly how: 'exact' | 'alias' | 'fuzzy';
  /** The words say more than the model, so they belong to the trim as well. */
  readonly keep: boolean;
  /** It is an engine's code («320d»), which is kept whole. */
  readonly code: boolean;
  readonly fallback: boolean;
  readonly numbered: boolean;
}

type Models = ReadonlyMap<string, ModelKey>;

const LONGEST = 5;
const bare = (key: string): string => (key.includes('.') || key.includes(',') ? key.replaceAll(/[.,]/gu, '') : key);
/** «3», «500», «e»: only where the model belongs. */
const isFaint = (key: string): boolean => key.length === 1 || /^\d+$/u.test(key);
const UNIT = new Set(
  ('km,kms,mi,miles,ps,kw,hp,bhp,cv,ch,cc,ccm,cm3,eur,euro,gbp,usd,kg,l,tkm,owner,owners,door,doors,dr,turer,trg,turig,turen,sitzer,seat,seats,seater,porte,portes,puertas,plazas,posti,' +
    'nm,month,months,monate,jahre,year,years,gang,speed,spd,zoll,inch,k').split(','),
);

/** Words that may stand between a make and its model. */
const noise = new Set(
  ('new,used,the,nice,clean,great,super,very,beautiful,for,sale,selling,neu,gebraucht,gebrauchte,gebrauchter,verkaufe,vends,vendo,vend,vendu,te,koop,sprzedam,occasion,usata,usato,certified,preowned,pre,owned,' +
    'a,my,am,wts,fs,model,modell,modele,modello,modelo,uk,us,eu,motor,motors,automobile,automobiles,cars,group,one,single,owner,low,miles,mileage,all,stunning,immaculate,lovely,reduced,cheap,only,just,in,brand').split(','),
);
const YEAR = /^(?:19|20)\d\d$/u;

export const isNoise = (key: string): boolean => noise.has(key) || YEAR.test(key);

/**
 * The model that a line names from a word on, the longest run first. A faint name («3» for a Mazda) counts only right at
 * the start; a fallback only when nothing better follows.
 */
export function findModel(make: string, line: Line, from = 0, fuzzy = false): ModelFound | null {
  const models = makeByName(make)?.index().models;
  if (models === undefined) return null;
  const { words } = line;
  let start = from;
  while (start < words.length && isNoise(words[start]?.key ?? '') && !models.has(words[start]?.key ?? '')) start += 1;
  let spare: ModelFound | null = null;
  for (let at = from; at < words.length; at += 1) {
    const found = longestAt(make, models, line, at, at <= start);
    if (found === null) continue;
    if (!found.fallback) return refine(models, line, found);
    spare ??= found;
  }
  return spare ?? (fuzzy ? nearModel(make, models, line, start) : null);
}

function longestAt(make: string, models: Models, { text, words }: Line, at: number, first: boolean): ModelFound | null {
  let best: ModelFound | null = null;
  let key = '';
  for (let until = at + 1; until <= words.length && until <= at + LONGEST; until += 1) {
    const word = words[until - 1];
    if (word === undefined) break;
    key += bare(word.key);
    if (isFaint(key) && (!first || UNIT.has(words[until]?.key ?? '') || word.key !== bare(word.key))) continue;
    const meaning = (text[word.end] === '+' ? models.get(`${key}plus`) : undefined) ?? models.get(key);
    if (meaning !== undefined) best = { ...resolve(make, meaning), at, until, how: meaning.canonical ? 'exact' : 'alias' };
    else {
      const model = modelOfCode(make, key);
      if (model !== null) best = { make, model, at, until, how: 'alias', keep: true, code: true, fallback: false, numbered: false };
    }
  }
  return best;
}

function resolve(make: string, { model, elsewhere, keep, fallback, numbered }: ModelKey): Pick<ModelFound, 'make' | 'model' | 'keep' | 'code' | 'fallback' | 'numbered'> {
  return { make: elsewhere ?? make, model: model ?? '', keep, code: false, fallback, numbered };
}

const BODY_WORDS = 8;

/** «218d Active Tourer», «320d Gran Turismo»: the engine's code named the series, a word behind it the body of its own. */
function refine(models: Models, { words }: Line, found: ModelFound): ModelFound {
  if (found.make !== 'BMW' || !found.model.endsWith(' Series')) return found;
  const series = `${found.model.charAt(0)}series`;
  for (let at = found.until; at < Math.min(words.length, found.until + BODY_WORDS); at += 1) {
    const [one = '', two = ''] = [words[at]?.key, words[at + 1]?.key];
    const meaning = models.get(`${series}${one}${two}`) ?? (one === 'gt' ? models.get(`${series}gt`) : undefined);
    if (meaning?.model != null && meaning.model !== found.model && !meaning.keep) return { ...found, model: meaning.model, keep: true };
  }
  return found;
}

const SHORTEST_FUZZY = 5;

function nearModel(make: string, models: Models, { words }: Line, start: number): ModelFound | null {
  for (let at = start; at < Math.min(words.length, start + 2); at += 1) {
    const key = words[at]?.key ?? '';
    if (key.length < SHORTEST_FUZZY || /\d/u.test(key)) continue;
    const meanings = nearest(key, models.keys(), 1).map((near) => models.get(near)).filter((meaning) => meaning?.fallback === false);
    const [meaning] = meanings;
    if (meaning !== undefined && meanings.every((other) => other?.model === meaning.model)) return { ...resolve(make, meaning), at, until: at + 1, how: 'fuzzy' };
  }
  return null;
}
