import { exponentOf } from '@autobroker/kernel';
import type { Doubt, ListingFacts, ListingField, Origin, Provenance } from './listing-facts';
import { isSilent, silentListing } from './listing-facts';

export interface Said {
  readonly facts: ListingFacts;
  readonly provenance: Provenance;
  readonly doubts: readonly Doubt[];
  /** Whether a detail page was ever read. */
  readonly detailed: boolean;
  /** Nobody said which money its price is in. Not kept: only for what it is merged with. */
  readonly currencyAssumed?: boolean;
}

/** What a list page is up to date in; of everything else it only knows less than the detail. */
const ofSummaries: ReadonlySet<ListingField> = new Set<ListingField>(['price']);
/** What stays true of a car even when its page no longer says so. */
const lasting: ReadonlySet<ListingField> = new Set<ListingField>(['vin', 'stockNumber', 'imageHashes']);

const fieldNames = Object.keys(silentListing).filter((name): name is ListingField => name in silentListing);

/** A listing after it was seen again: a detail replaces what was known, a summary only adds to it. */
export function mergeSightings(before: Said | null, sighting: Said): Said {
  if (before === null) return sighting;
  const next = inItsMoney(before, sighting);
  const detailed = next.detailed;
  const facts: ListingFacts = { ...silentListing };
  const provenance: Record<string, Origin> = {};
  for (const name of fieldNames) {
    const takesNext = choosesNext(name, before, next);
    const chosen = takesNext ? next : before;
    Object.assign(facts, { [name]: chosen.facts[name] });
    const origin = chosen.provenance[name];
    if (origin !== undefined) provenance[name] = origin;
  }
  const price = choosesNext('price', before, next);
  return {
    facts,
    provenance,
    doubts: detailed ? next.doubts : mergedDoubts(before.doubts, next.doubts, price),
    detailed: before.detailed || detailed,
  };
}

/** A list that shows a number alone means the money that the detail page named. */
function inItsMoney(before: Said, next: Said): Said {
  const [was, is] = [before.facts.price, next.facts.price];
  if (next.currencyAssumed !== true || next.detailed || !before.detailed || was === null || is === null || was.currency === is.currency) return next;
  const amount = Math.round((is.amount / 10 ** exponentOf(is.currency)) * 10 ** exponentOf(was.currency));
  const kept = before.doubts.filter((doubt) => doubt === 'price_currency_differs');
  return { ...next, facts: { ...next.facts, price: { amount, currency: was.currency } }, doubts: [...new Set([...next.doubts, ...kept])] };
}

function choosesNext(name: ListingField, before: Said, next: Said): boolean {
  const silent = isSilent(next.facts[name]) || (name === 'location' && !knowsPlace(next.facts));
  if (!next.detailed && before.detailed) {
    if (silent) return name === 'price' && next.doubts.some((doubt) => doubt === 'price_on_request');
    return ofSummaries.has(name) || isSilent(before.facts[name]) || (name === 'location' && !knowsPlace(before.facts));
  }
  if (!silent) return true;
  // Between equals of two list pages, what one leaves out is not gone.
  return next.detailed && !lasting.has(name);
}

const knowsPlace = ({ location }: ListingFacts): boolean => Object.values(location).some((part) => part !== null);

function mergedDoubts(before: readonly Doubt[], next: readonly Doubt[], price: boolean): Doubt[] {
  const kept = price ? before.filter((doubt) => !doubt.startsWith('price_')) : before;
  const added = next.filter((doubt) => doubt.startsWith('price_') && price);
  return [...new Set([...kept, ...added])];
}
