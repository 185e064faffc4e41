import type { Readable } from 'node:stream';

export interface PutOptions {
  readonly contentType: string;
  /** Never to be replaced: a later put of the key is refused. */
  readonly immutable?: boolean;
}

export interface ObjectInfo {
  readonly key: string;
  readonly size: number;
  readonly contentType: string;
  /** A complete entity tag, quotes included; another content has another one. */
  readonly etag: string;
  readonly modifiedAt: Date;
  readonly immutable: boolean;
}

/** Both ends included, as in HTTP. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredObject extends ObjectInfo {
  /** The whole object, or the range that was asked for. Must be read or destroyed. */
  readonly stream: Readable;
}

export interface SignOptions {
  readonly expiresInS: number;
  readonly method?: 'GET';
}

/**
 * Where files are kept. A put is all or nothing: a reader sees the old object or the new one, whole. A key should not be
 * the folder of another (`a` beside `a/b`): not every S3-compatible store can hold both.
 */
export interface ObjectStore {
  put(key: string, body: Buffer | Readable, options: PutOptions): Promise<ObjectInfo>;
  get(key: string, range?: ByteRange): Promise<StoredObject | null>;
  head(key: string): Promise<ObjectInfo | null>;
  /** Deleting what is not there is done. */
  delete(key: string): Promise<void>;
  /** Keys in no particular order. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** An address at which anybody may read the object until it expires. */
  signedUrl(key: string, options: SignOptions): Promise<string>;
  /** For health: rejects when the store cannot be used. */
  check(): Promise<void>;
}

/** Nest token of the process's store. */
export const objectStore: symbol = Symbol.for('autobroker:object-store');

export class ObjectKeyError extends Error {
  override readonly name = 'ObjectKeyError';
}

/** The store can't be reached or is in trouble: worth trying again (503). */
export class ObjectStoreAwayError extends Error {
  override readonly name = 'ObjectStoreAwayError';
  readonly code = 'object_store_away';

  constructor(options: { cause: unknown }) {
    super('the object store does not answer', options);
  }
}

export class ObjectExistsError extends Error {
  override readonly name = 'ObjectExistsError';
  constructor(readonly key: string) {
    super(`object ${key} exists and may not be replaced`);
  }
}

/** Puts what is never to be replaced. False where something lies there already: an earlier attempt got as far as here. */
export async function putOnce(store: ObjectStore, key: string, body: Buffer, contentType: string): Promise<boolean> {
  try {
    await store.put(key, body, { contentType, immutable: true });
    return true;
  } catch (error) {
    if (!(error instanceof ObjectExistsError)) throw error;
    return false;
  }
}

const maxKeyBytes = 900;
const control = /[\p{Cc}\u2028\u2029]/u;

/** The keys that every store can hold: segments with slashes between them. */
export const checkKey = (key: string): string => {
  const fault =
    key === ''
      ? 'is empty'
      : Buffer.byteLength(key) > maxKeyBytes
        ? `is longer than ${maxKeyBytes} bytes`
        : !key.isWellFormed()
          ? 'is not well-formed Unicode'
          : control.test(key)
            ? 'holds a control character'
            : key.includes('\\')
              ? 'holds a backslash'
              : key.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')
                ? 'has an empty or relative segment'
                : undefined;
  if (fault !== undefined) throw new ObjectKeyError(`object key ${fault}`);
  return key;
};

const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*(?:; ?[a-z0-9-]+=[\w."+-]+)*$/i;

export const checkContentType = (contentType: string): string => {
  if (contentType.length > 200 || !mediaType.test(contentType)) throw new TypeError(`not a media type: ${JSON.stringify(contentType)}`);
  return contentType;
};

const maxSignedSeconds = 7 * 24 * 3_600;

export const checkExpiry = (seconds: number): number => {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxSignedSeconds) {
    throw new RangeError(`a signed address lives 1 to ${maxSignedSeconds} seconds`);
  }
  return seconds;
};
