import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { RawTable } from '../../application/evaluation/columns';

/** What is wrong with a file, for whoever gave it. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

const separators = [',', ';', '\t', '|'] as const;

/** A table from the bytes of a file, gzipped or not, whichever of the usual separators it has. */
export function readCsv(bytes: Buffer): RawTable {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? unzipped(bytes) : bytes;
  // Spreadsheets say by the first two bytes that they write two for each sign.
  const text = plain.toString(plain[0] === 0xff && plain[1] === 0xfe ? 'utf16le' : 'utf8').replace(/^\uFEFF/u, '');
  const head = text.slice(0, text.search(/\r?\n|$/u)).replaceAll(/"[^"]*"/gu, '');
  const delimiter = separators.reduce((best, each) => (head.split(each).length > head.split(best).length ? each : best), separators[0]);
  const rows = parsed(text, delimiter);
  const names = (rows[0] ?? []).map((name) => name.trim());
  if (names.length === 0 || names.every((name) => name === '')) throw new CsvError('The file is empty.');
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) throw new CsvError(`The column ${JSON.stringify(twice)} is there twice.`);
  return { names: named(names), rows: rows.slice(1) };
}

/** Whoever writes row numbers before each row gives them no name. */
const named = (names: readonly string[]): string[] => names.map((name, index) => (name === '' && names.indexOf('') !== index ? `column ${index + 1}` : name));

function unzipped(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes);
  } catch {
    throw new CsvError('The file looks gzipped, but it can’t be unzipped.');
  }
}

function parsed(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, relax_quotes: true });
  } catch (error) {
    throw new CsvError(`The file is no CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
}
