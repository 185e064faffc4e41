import { labelMeaning } from './labels';
import { isAside } from './regions';
import { type CapturedFieldName } from '@autobroker/contracts';
import { type Draft } from '../draft';
import { childrenOf, isElement, Text, textOf, tidy, type Document, type Element, type Node, type ParentNode } from '../html/dom';
import { say, sayLabelled, sayPrice, type Reading } from '../reading';

export interface Pair {
  readonly field: CapturedFieldName;
  readonly label: string;
  readonly value: string;
  readonly element: Element;
}

const longFields = new Set<CapturedFieldName>(['description', 'features']);
const silent = new Set(['script', 'style', 'noscript', 'template', 'svg', 'option', 'select', 'head', 'button', 'title']);
const boundary = new Set(['body', 'html', 'table', 'tbody', 'ul', 'ol', 'dl', 'section', 'main', 'article']);

const isBlank = (node: Node) => (node instanceof Text ? tidy(node.data) === '' : !isElement(node) || silent.has(node.name));

const nextOf = (node: Node): Node | null => {
  for (let next = node.next; next !== null; next = next.next) if (!isBlank(next)) return next;
  return null;
};

/** The widest element around a label that holds nothing but it. */
const wholeOf = (text: Text): Node => {
  let whole: Node = text;
  for (let up = 0; up < 4; up += 1) {
    const parent: ParentNode | null = whole.parent;
    if (!isElement(parent) || boundary.has(parent.name) || childrenOf(parent).some((child) => child !== whole && !isBlank(child))) return whole;
    whole = parent;
  }
  return whole;
};

const textAt = (node: Node | null, max: number): string => (node === null ? '' : node instanceof Text ? tidy(node.data) : textOf(node, max));

const startsWithColon = (text: string) => text.replace(/^\s*[:：]\s*/u, '');

/** `Transmission` beside `Type: manual`: the value has a label of its own. One of another kind makes it none. */
const withoutLabel = (value: string, field: CapturedFieldName): string => {
  const inner = /^([^:]{2,30}):\s+(\S.*)$/u.exec(value);
  const meaning = inner === null ? null : labelMeaning(inner[1] ?? '');
  if (inner === null || meaning === null || longFields.has(field)) return value;
  return meaning === field || /^typ[eo]?$/iu.test(inner[1] ?? '') ? (inner[2] ?? '') : '';
};

const valueBeside = (label: Text, field: CapturedFieldName): string => {
  const max = longFields.has(field) ? 20_000 : 220;
  const whole = wholeOf(label);
  let next = nextOf(whole);
  // A colon by itself between the two.
  if (next instanceof Text && /^[:：]$/u.test(tidy(next.data))) next = nextOf(next);
  return withoutLabel(startsWithColon(textAt(next, max)), field);
};

const shapes: { readonly [field in CapturedFieldName]?: RegExp } = {
  year: /\b(?:19|20)\d\d\b/u,
  first_registration: /\d{4}|\d{2}[./-]\d{2}/u,
  mileage: /\d/u,
  price: /\d|request|anfrage|demande|richiesta/iu,
  doors: /^\D{0,12}\d/u,
  seats: /^\D{0,12}\d/u,
  owners: /\d|one|single|first|none|erst/iu,
  displacement: /\d/u,
  power: /\d/u,
  current_bid: /\d/u,
  buy_now_price: /\d/u,
  estimated_value: /\d/u,
};

const fits = (field: CapturedFieldName, value: string) => {
  if (value === '' || (value.length > 200 && !longFields.has(field)) || shapes[field]?.test(value) === false) return false;
  // The next label is no value.
  return labelMeaning(value) === null || field === 'body' || field === 'title_status';
};

function* textsOf(root: Node): Generator<Text> {
  const walk: Node[] = [root];
  while (walk.length > 0) {
    const node = walk.pop();
    if (node instanceof Text) yield node;
    else if (node !== undefined && !(isElement(node) && silent.has(node.name))) {
      const children = childrenOf(node);
      for (let at = children.length - 1; at >= 0; at -= 1) {
        const child = children[at];
        if (child !== undefined) walk.push(child);
      }
    }
  }
}

const pairAt = (text: Text): Omit<Pair, 'element'> | null => {
  if (text.data.length > 400) return null;
  const written = tidy(text.data);
  if (written.length < 2) return null;
  const colon = /^([^:：]{2,50})[:：]\s*(\S.*)$/u.exec(written);
  if (colon !== null) {
    const field = labelMeaning(colon[1] ?? '');
    const value = colon[2] ?? '';
    return field !== null && fits(field, value) ? { field, label: colon[1] ?? '', value } : null;
  }
  if (written.length > 60) return null;
  const field = labelMeaning(written);
  if (field === null) return null;
  const value = valueBeside(text, field);
  return fits(field, value) ? { field, label: written, value } : null;
};

const normalLabel = (label: string) => tidy(label).toLowerCase().replace(/\s*[:：*]+$/u, '');

const namedPairAt = (text: Text, labels: readonly string[]): Omit<Pair, 'element'> | null => {
  const written = tidy(text.data);
  if (written === '' || written.length > 400) return null;
  if (labels.includes(normalLabel(written))) {
    const value = valueBeside(text, 'description');
    return value === '' ? null : { field: 'description', label: written, value };
  }
  const colon = /^([^:：]{2,60})[:：]\s*(\S.*)$/u.exec(written);
  return colon !== null && labels.includes(normalLabel(colon[1] ?? '')) ? { field: 'description', label: colon[1] ?? '', value: colon[2] ?? '' } : null;
};

/** Facts as people read them: a label we know, and what stands beside it. */
export const pairsIn = (root: Document | Element, options: { readonly everywhere?: boolean; /** Labels that somebody knows to be there, whatever they mean. */ readonly labels?: readonly string[] } = {}): readonly Pair[] => {
  const pairs: Pair[] = [];
  const labels = options.labels?.map(normalLabel);
  for (const text of textsOf(root)) {
    const pair = labels === undefined ? pairAt(text) : namedPairAt(text, labels);
    const element = isElement(text.parent) ? text.parent : null;
    if (pair === null || element === null || (options.everywhere !== true && isAside(element))) continue;
    pairs.push({ ...pair, element });
    if (pairs.length >= 400) break;
  }
  return pairs;
};

export const sayPairs = (draft: Draft, pairs: readonly Pair[], reading: Reading): void => {
  const amounts = new Map<string, Pair>();
  for (const pair of pairs) {
    if (pair.field === 'price') amounts.set(pair.value, pair);
    else {
      sayLabelled(draft, pair.field, pair.value, 'selector', 0.8);
      if (pair.field === 'mileage' && !/\d\s*(?:km|mi)/iu.test(pair.value)) {
        const unit = /kilom|\bkm\b/iu.test(pair.label) ? 'km' : /\bmiles\b/iu.test(pair.label) ? 'mi' : null;
        if (unit !== null) say(draft, 'mileage_unit', unit, 'selector', 0.7);
      }
    }
  }
  for (const pair of amounts.values()) sayPrice(draft, `${/mon|leas|rate/iu.test(pair.label) ? pair.label : ''} ${pair.value}`, reading, 'selector', 0.75, { machine: false });
};
