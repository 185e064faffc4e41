import { readingOf } from './context';
import { parseTree } from './html/tree';
import { all, closest, textOf, type Document, type Element } from './html/dom';
import { embeddedDocuments, type EmbeddedDocument } from './json/embedded';
import { findRecords, type FoundRecord } from './json/listings';
import { findCards, otherCars, type Card } from './page/cards';
import { readHead, type PageHead } from './page/meta';
import { pairsIn, type Pair } from './page/pairs';
import { isFrame } from './page/regions';
import { type Reading } from './reading';
import { jsonLdDocuments, readJsonLd } from './structured/json-ld';
import { readMicrodata } from './structured/microdata';
import { readRdfa } from './structured/rdfa';
import { findVehicles, type FoundVehicle } from './structured/vehicles';
import { type ExtractionHints } from './types';

/** Computed when first asked for: a block page needs no cards. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
};

/** Everything that can be known of one HTML page, each part read once. */
export class HtmlPage {
  readonly document: Document;
  readonly head: PageHead;
  readonly reading: Reading;
  readonly reasons: readonly string[];

  constructor(
    readonly html: string,
    readonly url: string | null,
    hints: ExtractionHints | undefined,
  ) {
    const tree = parseTree(html);
    this.document = tree.document;
    this.reasons = tree.reasons;
    const base = all('base[href]', this.document)[0]?.attribs.href;
    const address = base !== undefined && /^https?:/u.test(base) ? base : url;
    this.head = readHead(this.document, address);
    const reading = readingOf(url, this.head, hints);
    this.reading = { ...reading, url: address ?? reading.url };
  }

  readonly text = once((): string => {
    const body = all('body', this.document)[0];
    return textOf(body ?? this.document, 30_000);
  });

  /** What the page itself says: without its frame and without what asks for consent. */
  readonly ownText = once((): string => {
    const body = all('body', this.document)[0];
    return textOf(body ?? this.document, 10_000, isFrame);
  });

  readonly jsonLd = once((): readonly FoundVehicle[] => findVehicles(readJsonLd(jsonLdDocuments(this.document)), this.reading));
  readonly microdata = once((): readonly FoundVehicle[] => findVehicles(readMicrodata(this.document, this.reading.url).map(({ node }) => node), this.reading));
  readonly rdfa = once((): readonly FoundVehicle[] => findVehicles(readRdfa(this.document, this.reading.url).map(({ node }) => node), this.reading));

  readonly embedded = once((): readonly EmbeddedDocument[] => embeddedDocuments(this.document));

  /** Cars in the page's scripts; those in attributes of several elements are a list. */
  readonly records = once((): readonly FoundRecord[] => {
    const count = new Map<string, number>();
    for (const { name, element } of this.embedded()) if (element !== undefined) count.set(name, (count.get(name) ?? 0) + 1);
    return this.embedded().flatMap(({ name, value, element }, at) =>
      findRecords(value, this.reading, 'embedded_state').map((found) => {
        if (element !== undefined && (count.get(name) ?? 0) > 1) return { ...found, group: `@${name}` };
        return found.group === null ? found : { ...found, group: `${at}:${found.group}` };
      }),
    );
  });

  private readonly others = once(() => otherCars(this.document, this.reading, this.head.heading === '' ? this.head.title : this.head.heading));

  /** Does a part of the page speak of another car that it leads to? */
  readonly isElsewhere = (element: Element): boolean => this.others().size > 0 && closest(element, (around) => this.others().has(around)) !== null;

  readonly pairs = once((): readonly Pair[] => pairsIn(this.document).filter(({ element }) => !this.isElsewhere(element)));
  readonly cards = once((): readonly Card[] => findCards(this.document, this.reading));
}
