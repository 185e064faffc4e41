import type { Car, Post } from './car';
import { phrases } from './data/phrases';
import { features } from './data/features';
import { featuresOf } from './details';
import { Dice } from './dice';
import { placesOfSale } from './sources';

/** The seller's own words, with what must not be kept: his name, telephone and address. */
export function describe(post: Post, edition: number): string {
  const { car } = post;
  const { language } = placesOfSale[car.country];
  const book = phrases[language];
  // The seller writes once and pastes; each site's copy differs a little.
  const said = new Dice(car.seed, 0x7e47);
  const dice = new Dice(post.seed, 0x7e48);
  if (car.seller.kind === 'auction') return '';
  const sentences = [said.pick(car.seller.kind === 'dealer' ? book.dealerOpenings : book.openings), ...said.some(book.facts, said.int(2, 5))];
  if (car.damage === 'none' && said.chance(0.35)) sentences.push(said.pick(book.undamaged));
  if (car.owners === 1 && said.chance(0.5)) sentences.push(said.pick(book.oneOwner));
  const equipment = featuresOf(car).map((place) => features[language][place] ?? '').slice(0, 6);
  if (equipment.length > 2 && said.chance(0.7)) sentences.push(`${book.equipment}: ${equipment.join(', ')}.`);
  if (car.damage !== 'none') sentences.push(said.pick(book.damaged));
  if (edition > 0) sentences.splice(1, 0, dice.pick(book.edits));
  if (dice.chance(0.6)) sentences.push(dice.pick(book.contacts));
  if (dice.chance(0.5)) sentences.push(dice.pick(book.closings));
  return sentences.map((sentence) => fill(sentence, car)).join(dice.chance(0.3) ? '\n' : ' ');
}

function fill(sentence: string, car: Car): string {
  const { seller } = car;
  return sentence
    .replaceAll('{make}', car.spec.make.name)
    .replaceAll('{model}', car.spec.name)
    .replaceAll('{city}', car.place.city)
    .replaceAll('{name}', seller.contact)
    .replaceAll('{phone}', seller.phone)
    .replaceAll('{email}', seller.email)
    .replaceAll('{owners}', String(car.owners));
}
