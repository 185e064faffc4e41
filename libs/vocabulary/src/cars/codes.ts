import { tokens } from '../text/fold';

/**
 * Makes that name a car by its engine: «320d» is a 3 Series, «C 220 CDI» a C-Class, «IS 250» an IS. The code says more
 * than the model, so it stays in the trim.
 */
type Decode = (key: string) => string | null;

const BMW = /^m?(?<series>[1-8])(?<size>\d\d)(?:i|d|e|xi|xd|ci|cd|ti|td|tds|is|ix|dx|il|li|ld|le|cs|csi|gt|x|ed|ia|da|se|xe|tds|ic|dgt|igt|es|lxd|lxi|cdi)?$/u;
const MERCEDES =
  /^(?<letters>[abcegrstvx]|cla|clc|cls|clk|cle|cl|sl|slk|slc|gla|glb|glc|gle|gls|glk|gl|ml|eqa|eqb|eqc|eqe|eqs|eqv|eqt)(?<size>\d{2,3})(?:d|e|de|cdi|i|l|t|k|h|s|se|ld|le|ti|td|bluetec|amg|cgi|g|bt|samg|bluetech|be|kompressor|lang)?$/u;
const LEXUS = /^(?<letters>ct|es|gs|gx|hs|is|lc|ls|lx|nx|rc|rx|rz|sc|tx|ux|lm)(?<size>\d{3})(?:h|t|d|l|e|f|hl|c|lh|hev|hplus)?$/u;
const INFINITI = /^(?<letters>ex|fx|g|m|jx)(?<size>\d\d)(?:x|s|h|d|t|ipl|xs|cs)?$/u;
/** «316 CDI», «114 CDI»: tonnage and power, with no letter of a class before them. */
const VANS = /^(?<tonnes>[1-5])(?:08|09|10|11|12|13|14|15|16|17|18|19|22|24)(?:cdi|bluetec)$/u;

function vanOfCode(key: string): string | null {
  const tonnes = VANS.exec(key)?.groups?.['tonnes'];
  return tonnes === undefined ? null : tonnes === '1' ? 'Vito' : 'Sprinter';
}

const AMG_SIZES = new Set(['32', '35', '36', '43', '45', '50', '53', '55', '63', '65']);
const SMALLEST_MERCEDES = 120;
const LARGEST_MERCEDES = 680;

const asClass = (letters: string): string => (letters === 'ml' ? 'M-Class' : letters.length === 1 ? `${letters.toUpperCase()}-Class` : letters.toUpperCase());

const decoders: Record<string, Decode> = {
  BMW: (key) => {
    const { series, size } = BMW.exec(key)?.groups ?? {};
    return series === undefined || Number(size) < 13 || Number(size) > 60 ? null : `${series} Series`;
  },
  'Mercedes-Benz': (key) => {
    const van = vanOfCode(key);
    if (van !== null) return van;
    const { letters, size } = MERCEDES.exec(key)?.groups ?? {};
    if (letters === undefined || size === undefined) return null;
    const sized = size.length === 2 ? AMG_SIZES.has(size) : Number(size) >= SMALLEST_MERCEDES && Number(size) <= LARGEST_MERCEDES;
    return sized ? asClass(letters) : null;
  },
  Lexus: (key) => LEXUS.exec(key)?.groups?.['letters']?.toUpperCase() ?? null,
  Infiniti: (key) => INFINITI.exec(key)?.groups?.['letters']?.toUpperCase() ?? null,
};

const DIGIT = /\d/u;

export function modelOfCode(make: string, key: string): string | null {
  const decode = Object.hasOwn(decoders, make) ? decoders[make] : undefined;
  return decode === undefined || !DIGIT.test(key) ? null : decode(key);
}

/** Suffixes that are written in capitals; the others («d», «h», «e») are not. */
const CAPITALS = new Set(['amg', 'cdi', 'cgi', 't', 'k', 'ti', 'td', 'bt']);

/** One way to write a code: «C 220 CDI», «320d», «730Ld», «M340i», «IS 250». */
function writeCode(make: string, key: string): string {
  if (make === 'BMW') return (key.startsWith('m') ? `M${key.slice(1)}` : key).replace(/(?<=\d)[lc](?=[a-z])/u, (letter) => letter.toUpperCase());
  const [, letters = '', size = '', suffix = ''] = /^([a-z]*)(\d+)([a-z]*)$/u.exec(key) ?? [];
  if (make !== 'Mercedes-Benz') return make === 'Lexus' ? `${letters.toUpperCase()} ${size}${suffix}` : `${letters.toUpperCase()}${size}${suffix}`;
  return `${letters.toUpperCase()} ${size}${suffix === '' ? '' : ` ${CAPITALS.has(suffix) ? suffix.toUpperCase() : suffix}`}`.trim();
}

/** How many words a code may be written in; the «F» of an «IS 250 F Sport» is not one of them. */
const longest = new Map([['Mercedes-Benz', 3]]);
const LONGEST = 2;

/** A trim that starts with its model's code, in the one spelling: «C220d AMG Line», «220 d AMG Line» → «C 220 d AMG Line». */
export function tidyLeadingCode(make: string, model: string, trim: string): string {
  if (!Object.hasOwn(decoders, make)) return trim;
  const words = tokens(trim);
  const letters = make === 'Mercedes-Benz' ? model.replace(/-Class$/u, '').toLowerCase() : '';
  const series = make === 'BMW' ? model.split(' ').slice(0, 2).join(' ') : model;
  for (let count = Math.min(longest.get(make) ?? LONGEST, words.length); count > 0; count -= 1) {
    const joined = words.slice(0, count).map(({ key }) => key).join('');
    const key = /^\d/u.test(joined) && letters.length <= 3 ? letters + joined : joined;
    if (modelOfCode(make, key) === series) return `${writeCode(make, key)}${trim.slice(words[count - 1]?.end ?? 0)}`;
  }
  return trim;
}
