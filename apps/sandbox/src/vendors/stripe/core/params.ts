import { invalid, StripeError } from './errors';
import { isHash, type Raw, type RawHash } from './form';

/** Reads one parameter; refuses what it can't mean. */
export type Reader<T> = (raw: Raw, name: string) => T;
export type Spec = Readonly<Record<string, Reader<unknown>>>;
export type Given<S extends Spec> = { readonly [K in keyof S]?: S[K] extends Reader<infer T> ? T | undefined : never };

/** Every parameter by its reader; whatever has none is refused, as the API does. Whatever is wrong here is wrong before anything has begun. */
export function readParams<S extends Spec>(spec: S, raw: RawHash, prefix = ''): Given<S> {
  try {
    return readAll(spec, raw, prefix);
  } catch (error) {
    if (error instanceof StripeError) error.beforeBegun = true;
    throw error;
  }
}

function readAll<S extends Spec>(spec: S, raw: RawHash, prefix: string): Given<S> {
  const full = (name: string): string => (prefix === '' ? name : `${prefix}[${name}]`);
  const unknown = Object.keys(raw).filter((name) => !Object.hasOwn(spec, name) && !(prefix === '' && name === 'expand'));
  const [first] = unknown;
  if (first !== undefined) {
    throw invalid(`Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${unknown.map(full).join(', ')}`, { code: 'parameter_unknown', param: full(first) });
  }
  const given: Record<string, unknown> = {};
  for (const [name, reader] of Object.entries(spec)) {
    const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (value !== undefined) given[name] = reader(value, full(name));
  }
  return given as Given<S>;
}

export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  return value;
}

const plain = (raw: Raw, name: string, wanted: string): string => {
  if (typeof raw !== 'string') throw invalid(`Invalid ${wanted}: ${JSON.stringify(raw)}`, { ...(wanted === 'integer' ? { code: 'parameter_invalid_integer' } : {}), param: name });
  if (raw === '') throw invalid(`You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`, { code: 'parameter_invalid_empty', param: name });
  return raw;
};

export const text =
  (longest = 5_000): Reader<string> =>
  (raw, name) => {
    const value = plain(raw, name, 'string');
    if (value.length > longest) throw invalid(`Invalid string: ${value.slice(0, 12)}...; must be at most ${longest} characters`, { param: name });
    return value;
  };

export const int =
  ({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = {}): Reader<number> =>
  (raw, name) => {
    const value = plain(raw, name, 'integer');
    const refuse = (message: string): StripeError => invalid(message, { code: 'parameter_invalid_integer', param: name });
    if (!/^[+-]?\d{1,15}$/u.test(value)) throw refuse(`Invalid integer: ${value}`);
    const number = Number(value);
    if (number < min) throw refuse(`This value must be greater than or equal to ${min}.`);
    if (number > max) throw refuse(`This value must be less than or equal to ${max}.`);
    return number;
  };

export const flag: Reader<boolean> = (raw, name) => {
  const value = plain(raw, name, 'boolean');
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw invalid(`Invalid boolean: ${value}`, { param: name });
};

export const oneOf =
  <T extends string>(...choices: readonly T[]): Reader<T> =>
  (raw, name) => {
    const value = plain(raw, name, 'string');
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    const all = choices.length === 1 ? choices[0] : `one of ${choices.slice(0, -1).join(', ')}${choices.length > 2 ? ',' : ''} or ${choices.at(-1)}`;
    throw invalid(`Invalid ${name}: must be ${all}`, { param: name });
  };

export const hash =
  <S extends Spec>(spec: S): Reader<Given<S>> =>
  (raw, name) => {
    if (!isHash(raw)) throw invalid('Invalid object', { param: name });
    return readParams(spec, raw, name);
  };

export const list =
  <T>(reader: Reader<T>): Reader<readonly T[]> =>
  (raw, name) => {
    if (raw === '') return [];
    if (!Array.isArray(raw)) throw invalid('Invalid array', { param: name });
    return raw.map((one: Raw, at) => reader(one, `${name}[${at}]`));
  };

/** Empty takes the value away. */
export const unsettable =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (raw, name) => (raw === '' ? null : reader(raw, name));

/** Kept as it came: of no consequence here. */
export const anything: Reader<Raw> = (raw) => raw;

/** It would change amounts or owners, and nothing here would: better refused than taken and forgotten. */
export const notPlayed: Reader<never> = (_, name) => {
  throw invalid(`The sandbox does not play \`${name}\`.`, { param: name });
};

/** Off is what it is here anyway. */
export const offOnly: Reader<Raw> = (raw, name) => (isHash(raw) && raw['enabled'] === 'false' ? raw : notPlayed(raw, name));

export type Metadata = Readonly<Record<string, string>>;

const mostKeys = 50;
const tooManyKeys = (name: string): StripeError => invalid(`You can have up to ${mostKeys} metadata keys.`, { param: name });

/** Null empties it; an empty value takes one key away. */
export const metadata: Reader<Metadata | null> = (raw, name) => {
  if (raw === '') return null;
  if (!isHash(raw)) throw invalid('Invalid object', { param: name });
  const entries = Object.entries(raw);
  for (const [key, value] of entries) {
    if (typeof value !== 'string') throw invalid(`Metadata values must be strings, but for key '${key}' you passed in a value of type ${Array.isArray(value) ? 'array' : 'hash'}`, { param: `${name}[${key}]` });
    if (key.length > 40) throw invalid('Metadata keys can have up to 40 characters.', { param: name });
    if (value.length > 500) throw invalid(`Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value.slice(0, 20)}...`, { param: `${name}[${key}]` });
  }
  if (entries.length > mostKeys) throw tooManyKeys(name);
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
};

export function mergeMetadata(known: Metadata, given: Metadata | null | undefined): Metadata {
  if (given === undefined) return known;
  if (given === null) return {};
  const entries = Object.entries({ ...known, ...given }).filter(([, value]) => value !== '');
  if (entries.length > mostKeys) throw tooManyKeys('metadata');
  return Object.fromEntries(entries);
}
