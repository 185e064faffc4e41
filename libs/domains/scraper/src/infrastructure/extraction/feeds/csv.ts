import { parse } from 'csv-parse/sync';
import { keyMeanings, normalKey, totalPrice } from '../json/keys';
import { readRecord } from '../json/record';
import { type Draft } from '../draft';
import { labelMeaning } from '../page/labels';
import { type Reading } from '../reading';

const delimiters = [';', '\t', ',', '|'] as const;

/** The character that cuts the head into most columns that mean something to us. */
const delimiterOf = (head: string): string => {
  const counted = delimiters.map((delimiter) => ({ delimiter, columns: head.split(delimiter).length }));
  return counted.sort((a, b) => b.columns - a.columns)[0]?.delimiter ?? ',';
};

/** A column's name as our dictionaries have it, whatever the language. */
export const keyOfColumn = (name: string): string => {
  const key = normalKey(name);
  if (totalPrice.has(key) || keyMeanings.has(key)) return key;
  const label = labelMeaning(name.replace(/_/gu, ' ')) ?? labelMeaning(name.replace(/\s*\(.*\)\s*$|\s+in\s+\w+$/iu, ''));
  return label ?? (name.trim() === '' ? 'column' : key);
};

const unitInName = (name: string) => {
  const words = name.replace(/_/gu, ' ');
  return /\bkm\b/iu.test(words) ? ' km' : /\bmiles?\b|\bmi\b/iu.test(words) ? ' mi' : '';
};

export const looksLikeCsv = (text: string, contentType: string): boolean => {
  const [head = '', second = ''] = text.slice(0, 20_000).split(/\r\n|\n|\r/u);
  if (/^\s*[<{[]/u.test(head)) return false;
  const delimiter = delimiterOf(head);
  const columns = head.split(delimiter);
  if (columns.length < 3 || head.length > 10_000) return false;
  const known = columns.filter((column) => keyMeanings.has(keyOfColumn(column.replace(/^"|"$/gu, ''))) || totalPrice.has(keyOfColumn(column.replace(/^"|"$/gu, '')))).length;
  return known >= 3 && (/csv|text\/plain|tab-separated/iu.test(contentType) || second.split(delimiter).length >= columns.length * 0.6 || second === '');
};

export const readCsv = (text: string, reading: Reading): { readonly drafts: readonly Draft[]; readonly reasons: readonly string[] } => {
  const head = text.split(/\r\n|\n|\r/u, 1)[0] ?? '';
  const rows: string[][] = parse(text, { delimiter: delimiterOf(head), bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, skip_records_with_error: true, trim: true, to: 100_001, max_record_size: 500_000 });
  const [names = [], ...lines] = rows;
  const keys = names.map(keyOfColumn);
  const drafts = lines.map((line) => {
    const row = Object.create(null) as Record<string, string>;
    keys.forEach((key, at) => {
      const value = line[at];
      const name = names[at] ?? '';
      // The first column of a meaning has it: `Preis` before `Preis netto`, which has another name.
      if (value !== undefined && value !== '' && !(key in row)) row[key] = /mileage|kilom|odometer|laufleistung/u.test(key) && /^[\d.,' ]+$/u.test(value) ? `${value}${unitInName(name)}` : value;
    });
    return readRecord(row, reading, 'feed');
  });
  return { drafts, reasons: [] };
};
