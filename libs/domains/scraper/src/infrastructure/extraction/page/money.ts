import { isBidCount } from './said-money';
import { isAside, isOtherMoney } from './regions';
import { type Draft } from '../draft';
import { attr, elementsOf, isElement, marksOf, textOf, type Document, type Element } from '../html/dom';
import { readPrice, type Reading } from '../reading';

const priceMark = /price|preis|prix|prezzo|precio|prijs|cena|kaufpreis|amount/u;
/** A neighbour that says of the money beside it that it is another one. */
const besideWords = /msrp|uvp|rrp|monthly|per month|\/\s?mo\b|mtl|monat|mois|al mese|al mes|\bwas\b|statt|before|you save|savings?\b|\boff\b|\bdown(?: ?payment)?\b|deposit|anzahlung|\best\b|market (?:price|value|average)|^(?:\w+ )?fees?\b:?$|financ\w*\s*(?:price|from|rate|ab\b)|starting|^(?:est\. )?(?:delivery|shipping)(?: fee| costs?| charges?)?:?$|retail|reserve|\bbid\b|per week|p\/m|\bpm\b|leasing|^(?:\w+ )?tax\b:?$|netto|\bnet\b|\bdrop/iu;

/** A heading or a label above money that is asked for something else. */
const otherThing = /warrant|guarantee|insurance|protection|service (?:plan|package)|delivery|inspection|accessor|add-?on|garantie|versicherung|zubehör|lieferung|zulassung|livraison|assurance/iu;
const headings = new Set(['h2', 'h3', 'h4', 'h5', 'h6', 'label', 'legend', 'dt', 'th', 'strong']);

/** The neighbours of an element that are words only. What can be pressed says what one can do. */
const saidBeside = (element: Element): boolean => {
  const { parent } = element;
  if (!isElement(parent)) return false;
  return parent.children
    .filter((sibling) => sibling !== element && !(isElement(sibling) && (sibling.name === 'button' || sibling.name === 'a')))
    .slice(0, 40)
    .map((sibling) => ({ text: textOf(sibling, 60), heads: isElement(sibling) && headings.has(sibling.name) }))
    .some(({ text, heads }) => isBidCount(text) || (text.length < 50 && !/\d/u.test(text) && (besideWords.test(text) || (heads && otherThing.test(text)))));
};

/** In a card everything is the card's; on a page some parts are about other things. */
export type Where = 'card' | { readonly isElsewhere: (element: Element) => boolean };

/** What elements that call themselves a price say; each amount once. */
export const pricesIn = (root: Document | Element, reading: Reading, where: Where): { readonly amounts: ReadonlyMap<string, string | null>; readonly notes: ReadonlySet<string> } => {
  const amounts = new Map<string, string | null>();
  const notes = new Set<string>();
  let looked = 0;
  for (const element of elementsOf(root, (into) => into.name !== 'script' && into.name !== 'style')) {
    if (looked > 400) break;
    if (!priceMark.test(marksOf(element)) || attr(element, 'type') === 'hidden') continue;
    looked += 1;
    const text = textOf(element, 200);
    if (text === '' || text.length > 100 || !/\d|request|anfrage|demande|richiesta|call/iu.test(text)) continue;
    if (isOtherMoney(element) || (where !== 'card' && (isAside(element) || where.isElsewhere(element))) || saidBeside(element)) continue;
    const found = readPrice(text, reading, { machine: false });
    if ('none' in found) notes.add(found.none);
    // A number without any sign of money in an element called a price may be anything.
    else if (found.currency !== null && /[^\d.,\s]/u.test(text)) amounts.set(found.amount, found.currency);
  }
  return { amounts, notes };
};

/** One amount in all of the page's price elements is the price; several are a riddle. */
export const sayShownPrice = (draft: Draft, root: Document | Element, reading: Reading, where: Where): void => {
  const { amounts, notes } = pricesIn(root, reading, where);
  for (const note of notes) draft.notes.add(note);
  const [only] = amounts;
  if (only !== undefined && amounts.size === 1) draft.prices.push({ amount: only[0], currency: only[1], from: 'selector', confidence: 0.65 });
  else if (amounts.size > 1) draft.notes.add('several');
};
