import type { Car } from './car';
import type { Dice } from './dice';
import { placesOfSale, type Language, type SourceSlug } from './sources';
import { makeSpellings } from './data/spellings';

/** Sites with a list to choose from write a make always the same way; elsewhere people type. */
const freeText = new Set<SourceSlug>(['facebook', 'craigslist', 'gumtree', 'ebay']);
const shouted = new Set<SourceSlug>(['copart', 'iaai']);

export interface SpeltCar {
  readonly make: string;
  readonly model: string;
  readonly trim: string;
  readonly engine: string;
  readonly title: string;
}

/** Make, model, trim and title as this source and this seller write them. */
export function spell(car: Car, source: SourceSlug, dice: Dice): SpeltCar {
  const { language } = placesOfSale[car.country];
  const typed = freeText.has(source) && car.seller.kind === 'private';
  const make = spellMake(car.spec.make.name, source, typed, dice);
  const engine = engineText(car, language);
  const model = spellModel(car, source, language, typed, dice);
  const trim = car.badge !== null && language !== 'en-US' ? `${car.badge} ${car.trim}` : car.badge === null ? car.trim : dice.chance(0.6) ? car.badge : `${car.badge} ${car.trim}`;
  const spelt = { make, model, trim, engine, title: titleOf(car, make, model, engine, language, typed, dice) };
  if (!shouted.has(source)) return spelt;
  return { make: make.toUpperCase(), model: model.toUpperCase(), trim: trim.toUpperCase(), engine, title: `${car.year} ${make} ${model} ${car.trim}`.toUpperCase() };
}

function spellMake(name: string, source: SourceSlug, typed: boolean, dice: Dice): string {
  const spellings = makeSpellings[name];
  if (spellings === undefined) return typed && dice.chance(0.08) ? name.toLowerCase() : name;
  if (typed) return dice.chance(0.45) ? dice.pick(spellings) : name;
  const fixed = source === 'mobile-de' || source === 'dealer-feed' || source === 'ebay' ? spellings[0] : undefined;
  return fixed ?? name;
}

function spellModel(car: Car, source: SourceSlug, language: Language, typed: boolean, dice: Dice): string {
  const { name } = car.spec;
  const local = localModel(car.spec.make.name, name, language);
  if (car.badge !== null && (source === 'mobile-de' || (typed && dice.chance(0.5)) || (source === 'dealer-feed' && dice.chance(0.5)))) return badgeAsModel(car, car.badge);
  if (source === 'dealer-feed' || source === 'dealer-site') return dice.chance(0.3) && car.badge === null ? `${local} ${car.trim}` : local;
  if (!typed) return local;
  const roll = dice.next();
  if (roll < 0.2) return name.replaceAll('-', '');
  if (roll < 0.3) return name.replaceAll('-', ' ');
  if (roll < 0.38) return name.toLowerCase();
  if (roll < 0.46) return `${name} ${car.trim}`;
  return local;
}

/** «320d» where the model is meant; a badge that is no name by itself keeps the model before it. */
function badgeAsModel(car: Car, badge: string): string {
  return isNameByItself(badge) ? badge : `${car.spec.name} ${badge}`;
}

function isNameByItself(badge: string): boolean {
  return /^\d{3}|^[A-Z]{1,3} ?\d{3}/u.test(badge);
}

function localModel(make: string, name: string, language: Language): string {
  const series = /^(\d) Series(.*)$/u.exec(name);
  if (make === 'BMW' && series !== null) {
    const [, digit = '', rest = ''] = series;
    if (language === 'de') return `${digit}er${rest}`;
    if (language === 'it') return `Serie ${digit}${rest}`;
    if (language === 'fr') return `Série ${digit}${rest}`;
  }
  const letter = /^([A-Z]{1,3})-Class(.*)$/u.exec(name);
  if (make === 'Mercedes-Benz' && letter !== null) {
    const [, sign = '', rest = ''] = letter;
    if (language === 'de') return `${sign}-Klasse${rest}`;
    if (language === 'it' || language === 'fr') return `Classe ${sign}${rest}`;
    if (language === 'en-GB') return `${sign} Class${rest}`;
  }
  return name;
}

export function engineText(car: Car, language: Language): string {
  const word = car.spec.make.engines?.[car.fuel] ?? '';
  if (car.displacementCc === null) return language === 'en-US' ? 'Electric' : `${car.powerKw} kW`;
  const litres = (car.displacementCc / 1_000).toFixed(1);
  if (language === 'en-US') return `${litres}L ${car.cylinders !== null && car.cylinders >= 6 ? 'V' : 'I'}${car.cylinders ?? 4}${car.fuel === 'diesel' ? ' Diesel' : car.fuel === 'hybrid' ? ' Hybrid' : ''}`;
  return `${litres} ${word}`.trim();
}

function titleOf(car: Car, make: string, model: string, engine: string, language: Language, typed: boolean, dice: Dice): string {
  const short = car.badge ?? (language === 'en-US' ? '' : engine);
  // What already stands in the model is not said twice.
  const motor = short !== '' && !model.includes(short) ? ` ${short}` : '';
  const trim = model.includes(car.trim) ? '' : ` ${car.trim}`;
  if (language === 'en-US') {
    const base = `${car.year} ${make} ${model}${motor}${trim}`;
    if (!typed) return dice.chance(0.25) ? `${base} ${car.drivetrain.toUpperCase()}` : base;
    return dice.pick([base, `${make} ${model} ${car.year}`, `${base} - clean, runs great`, `${car.year} ${make} ${model}`, `${base} low miles!!`]);
  }
  if (language === 'en-GB') {
    const base = `${make} ${model}${motor}${trim}`;
    return typed ? dice.pick([`${base} ${car.year}`, `${car.year} ${base}`, `${base} long MOT`, `${make} ${model} for sale`]) : dice.pick([base, `${base} ${car.doors}dr`, `${base} Euro 6 (s/s) ${car.doors}dr`]);
  }
  const named = car.badge !== null && model !== car.badge && isNameByItself(car.badge) ? ` ${car.badge}` : ` ${model}${motor}`;
  const base = `${make}${named}${trim}`;
  const extras: Readonly<Record<'de' | 'it' | 'fr', readonly string[]>> = {
    de: ['', ' *NAVI*LED*', ' Klima Sitzheizung', car.owners === 1 ? ' 1.Hand Scheckheft' : ' Scheckheft', ' *TÜV neu*', ' AHK PDC'],
    it: ['', car.owners === 1 ? ' unico proprietario' : ' bellissima', ' navi', ' tagliandi certificati'],
    fr: ['', car.owners === 1 ? ' première main' : ' très bon état', ' CT OK', ' GPS'],
  };
  return `${base}${dice.pick(extras[language])}`;
}
