import { type ListingStatus } from '@autobroker/kernel';
import { listingStatusOf, redactPersonalData } from '@autobroker/vocabulary';
import type { Captured } from './captured';
import { Fields } from './captured';
import { isNamed, silentListing, type Doubt, type ListingFacts, type Origin } from './listing-facts';
import { readBuild, readMeasures, readPlace, readTraces } from './normalise-facts';
import { readNames } from './normalise-names';
import { readPrice } from './normalise-money';
import { weaker } from './consistent';
import type { Said } from './sighting-merge';
import { readVin, vinDoubts } from './vin-check';

/** What was captured, in our words: not yet held against what is known already. */
export interface Reading extends Said {
  readonly status: ListingStatus;
  readonly auctionUrl: string | null;
}

/** Collects facts with where each is from. */
export class Notes {
  readonly facts: ListingFacts = { ...silentListing };
  readonly provenance: Record<string, Origin> = {};
  readonly doubts = new Set<Doubt>();

  constructor(readonly fields: Fields) {}

  /** `from` are the raw fields that the fact was made of; the least sure of them counts. */
  set<K extends keyof ListingFacts>(name: K, value: ListingFacts[K], from: readonly string[], sureness = 1): void {
    if (value === null || (Array.isArray(value) && value.length === 0)) return;
    Object.assign(this.facts, { [name]: value });
    const origins = from.flatMap((raw) => this.fields.field(raw) ?? []);
    const [first] = origins;
    const confidence = Math.min(1, ...origins.map((origin) => origin.confidence)) * sureness;
    this.provenance[name] = { from: first?.from ?? 'derived', confidence: Math.round(confidence * 100) / 100 };
  }

  drop(name: keyof ListingFacts, doubt: Doubt): void {
    Object.assign(this.facts, { [name]: null });
    delete this.provenance[name];
    this.doubts.add(doubt);
  }

  doubt(...doubts: readonly Doubt[]): void {
    for (const doubt of doubts) this.doubts.add(doubt);
  }
}

const longestDescription = 20_000;

/** Makes sense of one captured listing, as far as it can be made by itself. Never fails: what can't be read is not there. */
export function readCaptured(captured: Captured, now: Date): Reading {
  const fields = new Fields(captured.fields);
  const notes = new Notes(fields);
  const vin = readVin(fields.text('vin'), now);
  notes.set('vin', vin.vin, ['vin']);
  notes.doubt(...vin.doubts);
  readNames(notes, captured.hints, vin, now);
  readMeasures(notes, captured.hints);
  readBuild(notes);
  readPlace(notes, captured.hints);
  readTraces(notes);
  const price = readPrice(fields, captured.hints);
  notes.set('price', price.price, ['price']);
  if (price.price !== null && price.origin !== undefined) notes.provenance.price = { from: price.origin.from, confidence: price.origin.confidence };
  notes.doubt(...price.doubts);
  describe(notes);
  settle(notes, now);
  return {
    facts: notes.facts,
    provenance: notes.provenance,
    doubts: [...notes.doubts].sort(),
    detailed: captured.kind === 'detail',
    currencyAssumed: price.currencyAssumed === true,
    status: statusOf(fields.text('status')),
    auctionUrl: captured.hints.auction ? captured.url : null,
  };
}

/** A word about the status that nobody knows does not take a car off the market: it is listed, after all. */
const statusOf = (text: string | null): ListingStatus => (text === null ? 'active' : (listingStatusOf(text) ?? 'active'));

/** The scraper has taken personal data out already; what is kept here is held against the same rules once more. */
function describe(notes: Notes): void {
  const text = notes.fields.text('description');
  if (text === null) return;
  const { text: clean, removed } = redactPersonalData(text.slice(0, longestDescription));
  notes.set('description', clean.trim() === '' ? null : clean.trim(), ['description']);
  if (removed.length > 0) notes.doubt('personal_data_removed');
}

/** Facts that can't all be true: the weaker one goes, and it is said. A year that can't be is left for the judge. */
function settle(notes: Notes, now: Date): void {
  const { facts } = notes;
  if (!isNamed(facts)) return;
  notes.doubt(...vinDoubts(facts.vin, facts.make, facts.year));
  for (const [field, doubt] of weaker(facts, now)) notes.drop(field, doubt);
}
