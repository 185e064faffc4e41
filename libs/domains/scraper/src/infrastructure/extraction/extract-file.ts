import { readingOf } from './context';
import { decodeBody } from './decode';
import { extractPage } from './extract-page';
import { flatten, type FlatListing } from './flat';
import { parseTree } from './html/tree';
import { readHead } from './page/meta';

/** One line of `npm run listings:extract`. */
export interface ExtractedLine {
  readonly file: string | null;
  readonly kind: 'detail' | 'search' | 'block' | 'none';
  readonly listings: readonly FlatListing[];
  /** Per listing, where each field came from and how sure it is. */
  readonly provenance: readonly Readonly<Record<string, { readonly from: string; readonly confidence: number }>>[];
  readonly reasons: readonly string[];
}

/** What would be taken from a captured page, in the flat names of the tools. A consent wall counts as a block. */
export const extractFile = (file: string | null, body: Buffer | string, given: string | null): ExtractedLine => {
  const url = given ?? savedFrom(body);
  const extraction = extractPage({ url, body });
  const kind = extraction.kind === 'consent' ? 'block' : extraction.kind;
  const head = extraction.listings.length === 0 ? null : headOf(body);
  const reading = readingOf(url, head, undefined);
  const flat = extraction.listings.map((listing) => flatten(listing, reading));
  return { file, kind, listings: flat.map((each) => each.flat), provenance: flat.map((each) => each.provenance), reasons: extraction.reasons };
};

/** Browsers note at a saved page's beginning where it was. */
const savedFrom = (body: Buffer | string): string | null => {
  const head = typeof body === 'string' ? body.slice(0, 4_000) : body.subarray(0, 4_000).toString('latin1');
  const found = /<!-- saved from url=\(\d{1,6}\)(https?:\/\/[^\s<>"]{4,2000}) -->|page saved with singlefile\s{1,20}url:\s{1,20}(https?:\/\/[^\s<>"]{4,2000})/iu.exec(head);
  return found?.[1] ?? found?.[2] ?? null;
};

/** The language and address that a page gives itself: in its first part. */
const headOf = (body: Buffer | string) => {
  const { text } = decodeBody(typeof body === 'string' ? body.slice(0, 200_000) : body.subarray(0, 400_000));
  return /^\s*[[{]/u.test(text) ? null : readHead(parseTree(text.slice(0, 100_000)).document, null);
};
