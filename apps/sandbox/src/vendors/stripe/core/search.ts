import { invalid } from './errors';
import type { RawHash } from './form';
import { int, readParams, required, text } from './params';
import { render, type Sent } from './render';
import type { Row, Table } from '../../../shared/store';

interface Clause {
  readonly field: string;
  /** Within `metadata`. */
  readonly key: string | null;
  readonly operator: ':' | '~' | '>' | '<' | '>=' | '<=';
  /** Null asks whether there is nothing. */
  readonly value: string | null;
  readonly not: boolean;
}

interface Query {
  readonly clauses: readonly Clause[];
  /** Every clause has to hold, or one of them: a query says one or the other. */
  readonly all: boolean;
}

export interface Found {
  readonly object: 'search_result';
  readonly data: readonly object[];
  readonly has_more: boolean;
  readonly next_page: string | null;
  readonly url: string;
  /** Counted when it is asked for. */
  readonly _total: () => number;
}

const clause = /^\s*(-)?([a-z_.0-9]+|metadata\[(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\])\s*(:|~|>=|<=|>|<|=)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?|null))\s*/u;

const refused = (query: string, why: string) => invalid(`We were unable to parse your search query. ${why}. Query: ${query.slice(0, 80)}`, { param: 'query' });

/** `status:'succeeded' AND metadata['order']:'7'`, with AND or OR between clauses (a blank is AND), and `-` before what must not be. */
export function readQuery(query: string, fields: readonly string[]): Query {
  const clauses: Clause[] = [];
  const words = new Set<string>();
  let rest = query;
  while (rest.trim() !== '') {
    const found = clause.exec(rest);
    if (found === null) throw refused(query, 'Terms must be `field:value`, with text in quotation marks');
    const [whole, minus, name = '', double, single, operator = ':', quoted, other, bare] = found;
    const key = double ?? single ?? null;
    const field = key === null ? name : 'metadata';
    if (!fields.includes(field)) throw refused(query, `Field \`${field}\` is an unsupported search field for this resource`);
    const said = quoted ?? other ?? bare ?? '';
    clauses.push({ field, key: key === null ? null : plain(key), operator: operatorOf(operator), value: bare === 'null' ? null : plain(said), not: minus === '-' });
    rest = rest.slice(whole.length);
    const word = /^(AND|OR)\b/iu.exec(rest)?.[1];
    if (rest !== '') words.add((word ?? 'AND').toUpperCase());
    if (word !== undefined) rest = rest.slice(word.length);
    if (word !== undefined && rest.trim() === '') throw refused(query, `Nothing follows ${word}`);
  }
  if (clauses.length === 0) throw refused(query, 'It is empty');
  if (words.size > 1) throw refused(query, 'AND and OR cannot be combined in one query');
  return { clauses, all: !words.has('OR') };
}

const operators: readonly Clause['operator'][] = [':', '~', '>', '<', '>=', '<='];
const operatorOf = (said: string): Clause['operator'] => operators.find((one) => one === said) ?? ':';
const plain = (said: string): string => said.replace(/\\(.)/gu, '$1');

const valueOf = (sent: Sent, { field, key }: Clause): unknown => {
  const path = key === null ? field.split('.') : [field, key];
  return path.reduce<unknown>((owner, name) => (typeof owner === 'object' && owner !== null ? Object.entries(owner).find(([known]) => known === name)?.[1] : undefined), sent);
};

function holds(sent: Sent, one: Clause): boolean {
  const there = valueOf(sent, one);
  const { operator, value } = one;
  const nothing = there === undefined || there === null || there === '';
  if (value === null) return nothing !== one.not;
  if (nothing) return one.not;
  const said = String(there).toLowerCase();
  const wanted = value.toLowerCase();
  const [left, right] = [Number(there), Number(value)];
  const yes = operator === ':' ? said === wanted : operator === '~' ? said.includes(wanted) : operator === '>' ? left > right : operator === '<' ? left < right : operator === '>=' ? left >= right : left <= right;
  return yes !== one.not;
}

/** The newest first. A page's name is the last id of the one before. */
export function searchRows<T extends Row>(table: Table<T>, url: string, fields: readonly string[], raw: RawHash): Found {
  const given = readParams({ query: text(), limit: int({ min: 1, max: 100 }), page: text() }, raw);
  const { clauses, all } = readQuery(required(given.query, 'query'), fields);
  const { limit = 10, page } = given;
  const after = page === undefined ? undefined : table.placeOf(Buffer.from(page, 'base64url').toString());
  if (page !== undefined && after === undefined) throw invalid('Invalid page token.', { param: 'page' });
  const fits = (row: T): boolean => {
    const sent = render(row);
    const one = (wanted: Clause): boolean => holds(sent, wanted);
    return all ? clauses.every(one) : clauses.some(one);
  };
  const data: T[] = [];
  for (const row of table.newestFirst()) {
    if (after !== undefined && (table.placeOf(row.id) ?? 0) >= after) continue;
    if (fits(row)) data.push(row);
    if (data.length > limit) break;
  }
  const more = data.length > limit;
  const shown = data.slice(0, limit);
  return { object: 'search_result', data: shown, has_more: more, next_page: more ? Buffer.from(shown.at(-1)?.id ?? '').toString('base64url') : null, url, _total: () => [...table.newestFirst()].filter(fits).length };
}
