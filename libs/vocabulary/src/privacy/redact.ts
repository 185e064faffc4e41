export type Removed = 'phone' | 'email' | 'name' | 'plate' | 'url' | 'iban';

export interface Redacted {
  readonly text: string;
  /** What kinds were taken out, each once. */
  readonly removed: readonly Removed[];
}

interface Rule {
  readonly kind: Removed;
  readonly pattern: RegExp;
  /** What to look at before a match counts; the whole of it goes unless part of it stays. */
  readonly accept?: (match: RegExpExecArray, text: string) => string | null;
}

const mark: Record<Removed, string> = { phone: '[phone]', email: '[email]', name: '[name]', plate: '[plate]', url: '[link]', iban: '[iban]' };

const anyMark = new RegExp(Object.values(mark).map((one) => `\\[${one.slice(1, -1)}\\]`).join('|'), 'u');

/** Where something was taken out of a text before, first of all; -1 where nothing was. */
export const firstMark = (text: string): number => text.search(anyMark);

const digitsOf = (text: string): number => text.replaceAll(/\D/gu, '').length;

/** Every repetition is bounded, so no text takes longer than its length: adverts are as long as their sellers like. */
const EMAIL = /[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}\.){1,6}\p{L}{2,24}/gu;
const AT = '(?:\\s?[([{<]\\s?(?:at|ät|@|a|chiocciola|arroba|arobase|apenstaartje|malpa|małpa)\\s?[)\\]}>]\\s?|\\s(?:at|ät|@)\\s)';
const DOT = '(?:\\s?[([{<]\\s?(?:dot|punkt|point|punto|kropka|\\.)\\s?[)\\]}>]\\s?|\\s(?:dot|punkt|point|punto|kropka)\\s|\\.)';
const TLD = '(?:com|net|org|de|at|ch|fr|it|es|nl|be|pl|uk|ie|us|ca|eu|info|biz|online|gmx)';
const SPELT_EMAIL = new RegExp(`(?<![\\p{L}\\p{N}])(?:[\\p{L}\\p{N}_-]{1,30}\\s(?:dot|punkt|point|punto|kropka)\\s){0,2}[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{1,40}${AT}[\\p{L}\\p{N}-]{2,40}(?:${DOT}[\\p{L}\\p{N}-]{2,20})?${DOT}${TLD}(?![\\p{L}\\p{N}])`, 'giu');
/** «info @ autohaus . de» */
const WIDE_EMAIL = new RegExp(`(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{1,40}(?:\\s@\\s|@)[\\p{L}\\p{N}-]{2,40}(?:\\s?\\.\\s?[\\p{L}\\p{N}-]{2,20})?\\s?\\.\\s?${TLD}(?![\\p{L}\\p{N}])`, 'giu');
const MESSENGER = /(?:https?:\/\/)?(?:www\.)?(?:wa\.me|api\.whatsapp\.com|chat\.whatsapp\.com|t\.me|telegram\.me|m\.me|signal\.me|instagram\.com|facebook\.com|fb\.me|fb\.com|snapchat\.com)\/[^\s<>"')\]]{1,300}/giu;
const HANDLE = /(?:whats ?app|telegram|instagram|insta|snapchat|skype|wechat)\s?(?:id|name|user)?\s?[:=]?\s?@[\w.]{3,40}/giu;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,4})?(?![\p{L}\p{N}])/gu;
const PLATE =
  /(?<label>(?:kennzeichen|amtl\.? kennzeichen|kfz-kennzeichen|nummernschild|number ?plate|licen[sc]e plate|reg(?:istration)?(?: (?:number|no|plate|mark))?|plate(?: (?:number|no))?|vrm|immatriculation|plaque|targa|matr[ií]cula|kenteken|nr rej(?:estracyjny|\.)?|numer rejestracyjny)\s{0,2}[:.#=-]?\s{0,2}(?:is\s|ist\s)?)(?<plate>[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}|[A-ZÄÖÜ]{1,3}[ -]?[A-Z]{1,2}[ -]?\d{1,4}[EH]?|[A-Z]\d{1,3} ?[A-Z]{3}|\d{4} ?[A-Z]{3}|[A-Z]{3} ?\d{1,4}|\d{1,2}-[A-Z]{2,3}-\d{1,2}|[A-Z]{2}-\d{2,3}-[A-Z]{1,2}|\d[A-Z]{3}\d{3}|[A-Z]{2,3} ?[A-Z\d]{4,5})(?![\p{L}\p{N}])/giu;
const CONTACT =
  '(?:(?:please )?(?:ask|asking|call|contact|text|phone|ring|speak (?:to|with)|email|message|whatsapp) (?:for |with |to )?(?:our |my )?(?:(?:sales|salesman|manager|owner|specialist|husband|wife|dad|son)\\s)?|ansprechpartner(?:in)?|kontaktperson|kontakt|ihr ansprechpartner(?: ist)?|verk[aä]ufer(?:in)?|anbieter|inhaber(?:in)?|gesch[aä]ftsf[uü]hrer|vendeur|propri[eé]taire|contact(?:er)?|contactpersoon|vraag naar|dzwoni[cć] do|contatto|referente|chiedere di|contattare|persona de contacto|contactar con|preguntar por|demander|osoba kontaktowa|sprzedaj[aą]cy|sprzedawca|seller|owner|salesman|sales ?(?:person|rep|consultant)|my name is|mein name ist|je m.appelle|mi chiamo|me llamo|soy|nazywam si[eę]|ich hei(?:ß|ss)e)';
const HONORIFIC = '(?:herrn?|frau|fr\\.|hr\\.|mr\\.?|mrs\\.?|ms\\.?|miss|dr\\.?|m\\.|mme|monsieur|madame|sig\\.(?:ra)?|signor[ae]?|sr\\.?|sra\\.?|se[ñn]ora?|pan(?:a|i|ią|u|em)?|dhr\\.?|mevr\\.?)';
/** A name begins with a capital; «contact us», «Kontakt: siehe Profil» have none. */
const NAME = "(?:(?:\\p{Lu}[\\p{Ll}'’]{1,24}(?:-\\p{Lu}\\p{Ll}{1,20})?|\\p{Lu}\\.|von|van|de|der|den|di|da|del|la|Mc\\p{Lu}\\p{Ll}{1,20})(?:[ ]|(?![\\p{L}]))){1,4}";
const NAMED = new RegExp(`(?<lead>(?<![\\p{L}])${CONTACT}\\s{0,2}[:,-]?\\s{0,2})(?<who>(?:${HONORIFIC}\\s){0,3})(?<name>${NAME})`, 'giu');
const TITLED = new RegExp(`(?<![\\p{L}])(?<who>(?:Herrn?|Frau|Mr\\.?|Mrs\\.?|Ms\\.?|Monsieur|Madame|Mme|Sig\\.(?:ra)?|Signor[ae]?|Se[ñn]ora?|Sra?\\.|Dhr\\.?|Mevr\\.?)\\s(?:(?:Dr|Prof|Ing)\\.?\\s){0,3})(?<name>${NAME})`, 'gu');
const GREETING = new RegExp(`(?<lead>(?<![\\p{L}])(?:(?:mit )?(?:freundlichen?|besten?|viele[n]?|lieben?|sch[oö]nen?) gr(?:[uü]|ue)(?:ß|ss)(?:en|e)?|gr(?:[uü]|ue)(?:ß|ss)e?|best regards|kind regards|regards|thanks,|cheers,|cordialement|bien à vous|(?:cordiali |distinti )?saluti|(?:un )?saludos?|atentamente|(?:met )?(?:vriendelijke )?groet(?:en|jes)?|pozdrawiam)[\\s,!.]{1,6})(?<name>${NAME})`, 'giu');

/** Two letters that are a greeting only at the end of a text or a line: LG and VG are other things, too. */
const SHORT_GREETING = new RegExp(`(?<lead>(?:^|(?<=[\\n.!?,;]))\\s{0,3}(?:LG|VG|MfG|Mfg|BG)[\\s,.!]{1,4})(?<name>${NAME})(?=[ \\t.,!]{0,3}(?:$|[\\n[]))`, 'gu');

/** Capitalised words that follow a contact word and are nobody: German nouns, the trade, days, the car itself. */
const nobody = new Set(
  ('the,us,me,now,today,dealer,dealership,seller,sales,team,center,centre,store,office,service,for,with,price,details,more,info,information,monday,tuesday,wednesday,thursday,friday,saturday,sunday,bitte,nur,per,telefon,tel,mobil,handy,email,mail,whatsapp,' +
    'privat,privatverkauf,von,siehe,profil,firma,gmbh,autohaus,auto,autos,händler,unter,über,uns,mich,fahrzeug,wagen,verkauf,telefonisch,probefahrt,besichtigung,montag,dienstag,mittwoch,donnerstag,freitag,samstag,sonntag,nous,moi,par,le,la,les,pour,' +
    'telephone,phone,text,message,facebook,number,only,any,anytime,if,no,please,via,at,on,to,a,an,and,or,my,our,your,this,it,is,has,had,was,owned,owner,since,from,new,used,manual,handbook,history,first,one,two,three,since,mileage,miles,will,wants,' +
    'bmw,audi,vw,volkswagen,mercedes,ford,toyota,honda,opel,skoda,seat,fiat,renault,peugeot,porsche,volvo,mazda,nissan,kia,hyundai,mini,jeep,dodge,ram,gmc,chevrolet,chevy,tesla,lexus,subaru,der,die,das,den,ist,hat,kein,keine,nach,vor,am,im,in,bei,zum,zur,es,er,wird,wurde,vin,motor').split(','),
);

const PHONE = /(?:(?<![\p{L}\p{N}.,/#-])|(?<=(?:tel|handy|mobil|phone|whatsapp|cell)))(?:\(?\+|\(?00|\(?0|\()?\d(?:[\s\u00a0./()-]{0,3}\d){6,16}(?![\p{L}\p{N}])/gu;
const PHONE_LABEL = /(?:tel(?:efon|ephone|\.)?|t(?:fno|lf|fn)\.?|phone|mobile?|handy|mob\.?|cell|call|text|ring|whats ?app|sms|fon|fax|ruf|anruf\w*|appeler|appelez|t[ée]l|chiam\w+|cell\w*|ll[áa]ma\w*|m[óo]vil|bel(?:len)?|zadzwo\p{L}+|dzwoni\p{L}+|kom\.|numer|contact|kontakt|reach|at|unter)[\s:.)-]{0,4}(?:me|us|mich|uns|now|on|at|unter|under|al|au|na|pod|op|:)?[\s:.(-]{0,4}$/iu;
const NUMBER_WORDS =
  '(?:null|eins|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|einhundert|zweihundert|\\p{L}{3,6}zig|\\p{L}{3,10}und\\p{L}{3,6}zig|\\p{L}{4,10}zehn|zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|nought|un|deux|trois|quatre|cinq|six|sept|huit|neuf|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dos|tres|cuatro|cinco|siete|ocho|nueve)';
const SPELT_PHONE = new RegExp(`(?<![\\p{L}])${NUMBER_WORDS}(?:[\\s,./-]{1,3}(?:${NUMBER_WORDS}|\\d{1,12})(?![\\p{L}\\d])){4,16}`, 'giu');

const rules: readonly Rule[] = [
  { kind: 'url', pattern: MESSENGER },
  { kind: 'url', pattern: HANDLE },
  { kind: 'email', pattern: EMAIL },
  { kind: 'email', pattern: SPELT_EMAIL },
  { kind: 'email', pattern: WIDE_EMAIL },
  { kind: 'iban', pattern: IBAN, accept: (match) => (isIban(match[0]) ? mark.iban : null) },
  { kind: 'plate', pattern: PLATE, accept: (match) => (/\d/u.test(match.groups?.['plate'] ?? '') && !/^[a-z]+$/u.test((match.groups?.['plate'] ?? '').replaceAll(/\d|\s|-/gu, '')) ? `${match.groups?.['label'] ?? ''}${mark.plate}` : null) },
  { kind: 'phone', pattern: PHONE, accept: acceptPhone },
  { kind: 'phone', pattern: SPELT_PHONE },
  { kind: 'name', pattern: NAMED, accept: acceptName },
  { kind: 'name', pattern: TITLED, accept: acceptName },
  { kind: 'name', pattern: GREETING, accept: acceptName },
  { kind: 'name', pattern: SHORT_GREETING, accept: acceptName },
];

/** Takes out of a free text who wrote it and how to reach them; prices, readings, dates and the car's names stay. */
export function redactPersonalData(text: string): Redacted {
  const removed = new Set<Removed>();
  let left = text;
  for (const { kind, pattern, accept } of rules) left = apply(left, kind, pattern, accept ?? (() => mark[kind]), removed);
  return { text: left, removed: [...removed] };
}

function apply(text: string, kind: Removed, pattern: RegExp, accept: NonNullable<Rule['accept']>, removed: Set<Removed>): string {
  let result = '';
  let from = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const put = accept(match, text);
    if (put === null) continue;
    removed.add(kind);
    result += text.slice(from, match.index) + put;
    from = match.index + match[0].length;
  }
  return from === 0 ? text : result + text.slice(from);
}

/** ISO 13616: the number, rearranged, leaves 1 when divided by 97. */
function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '');
  if (compact.length < 15 || compact.length > 34) return false;
  let rest = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

const UNIT_AFTER = /^\s{0,2}(?:€|eur|euro|\$|usd|£|gbp|chf|zł|pln|km|kms|miles?|mi\b|mls|ps|kw|hp|cc|ccm|cm|kg|nm|%|rpm|x\b)/iu;
const UNIT_BEFORE = /(?:€|\$|£|eur|usd|chf|vin|fin|fahrgestell\w*|chassis|stock|lot|ref(?:erence|\.)?|id|nr\.?|no\.?|hsn|tsn|article|anzeige\w*|part|teile\w*|order|invoice|rechnung\w*|code|km|kilometer\w*|mileage|odometer)[\s:.#-]{0,4}$/iu;
const DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{4}(?:\s?-\s?\d{1,2}[./-]\d{4})?|(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d)$/u;
const GROUPED = /^\d{1,3}(?:[.\s\u00a0]\d{3})+$/u;
const TIMES = /^\d{1,2}[:.]\d\d\s?-\s?\d{1,2}[:.]\d\d$/u;

/** Numbers of mobiles, which no other number looks like: «Nr.: 0176 1234567». */
const MOBILE = /^(?:(?:\+|00)49[\s()-]{0,3}0?|0)\)?[\s-]?1[5-7]\d[\s\d/.-]{6,14}$|^07\d{3}[\s\d-]{6,8}$/u;

function acceptPhone(match: RegExpExecArray, text: string): string | null {
  const found = match[0];
  const digits = digitsOf(found);
  const before = text.slice(Math.max(0, match.index - 30), match.index);
  const after = text.slice(match.index + found.length, match.index + found.length + 12);
  const labelled = PHONE_LABEL.test(before);
  if (UNIT_AFTER.test(after) || DATE.test(found) || TIMES.test(found) || /[€$£]\s?$/u.test(before)) return null;
  if (UNIT_BEFORE.test(before) && !labelled && !MOBILE.test(found)) return null;
  const leads = /^\(?(?:\+|00|0)/u.test(found);
  if (labelled) return digits >= 7 ? mark.phone : null;
  if (GROUPED.test(found) && !leads) return null;
  if (leads) return digits >= 8 && digits <= 16 ? mark.phone : null;
  // North America: ten digits in three groups; Poland, Spain, France without the nought: nine in threes are sums elsewhere.
  if (/^\(?[2-9]\d\d\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}$/u.test(found) || /^1[\s.-]\(?[2-9]\d\d\)?[\s.-]\d{3}[\s.-]\d{4}$/u.test(found)) return mark.phone;
  return /^[2-9]\d{9}$/u.test(found) ? mark.phone : null;
}

function acceptName(match: RegExpExecArray): string | null {
  const { lead = '', who = '', name = '' } = match.groups ?? {};
  const words = name.trim().split(/[\s]+/u);
  const kept: string[] = [];
  for (const word of words) {
    // The pattern ignores case, since contact words come in any; a name does not.
    if (nobody.has(word.toLowerCase().replace(/[.]$/u, '')) || (kept.length === 0 && !/^\p{Lu}/u.test(word))) break;
    kept.push(word);
  }
  if (kept.length === 0 || !kept.some((word) => /^\p{Lu}\p{L}/u.test(word) && /\p{Ll}/u.test(word))) return null;
  const rest = name.trim().split(/[\s]+/u).slice(kept.length).join(' ');
  const tail = name.endsWith(' ') ? ' ' : '';
  return `${lead}${who}${mark.name}${rest === '' ? '' : ` ${rest}`}${tail}`;
}
