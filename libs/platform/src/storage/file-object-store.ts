import { createHash, type Hash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, link, mkdir, open, opendir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { ObjectLinks } from './object-links';
import { errorCode, isMissing, keyFolder, keyPath, prefixFolder } from './key-paths';
import {
  type ByteRange,
  checkContentType,
  checkExpiry,
  checkKey,
  ObjectExistsError,
  type ObjectInfo,
  type ObjectStore,
  type PutOptions,
  type SignOptions,
  type StoredObject,
} from './object-store';

/** What stands beside the content: it names the content's file, so replacing it replaces both at once. */
const recordSchema = z.object({
  key: z.string(),
  blob: z.string().regex(/^[0-9a-f-]{36}$/),
  size: z.int().nonnegative(),
  contentType: z.string(),
  etag: z.string(),
  modifiedAt: z.coerce.date(),
  immutable: z.boolean(),
});
type ObjectRecord = z.output<typeof recordSchema>;

/**
 * Objects in a folder: contents under `blobs/` with names of their own, and for each key a small record under `keys/`
 * that says which content it has. The record is written last and in one step, so that a crash leaves the old object.
 */
export class FileObjectStore implements ObjectStore {
  constructor(
    private readonly root: string,
    private readonly links: ObjectLinks,
  ) {}

  async put(key: string, body: Buffer | Readable, options: PutOptions): Promise<ObjectInfo> {
    checkKey(key);
    checkContentType(options.contentType);
    const immutable = options.immutable ?? false;
    const before = await this.record(key);
    if (before !== null && (immutable || before.immutable)) throw refuse(key, body);
    const blob = randomUUID();
    try {
      const { size, etag } = await this.writeBlob(blob, body);
      const record: ObjectRecord = { key, blob, size, etag, contentType: options.contentType, modifiedAt: new Date(), immutable };
      await this.writeRecord(record);
      if (before !== null) await rm(this.blobPath(before.blob), { force: true });
      return infoOf(record);
    } catch (error) {
      await rm(this.blobPath(blob), { force: true });
      throw error;
    }
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject | null> {
    checkKey(key);
    // A put may replace the content between the two reads; its new record is there then.
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const record = await this.record(key);
      if (record === null) return null;
      try {
        const file = await open(this.blobPath(record.blob), 'r');
        return { ...infoOf(record), stream: file.createReadStream({ autoClose: true, ...range }) };
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    throw new Error(`object ${key} has lost its content`);
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const record = await this.record(checkKey(key));
    return record === null ? null : infoOf(record);
  }

  async delete(key: string): Promise<void> {
    const record = await this.record(checkKey(key));
    if (record === null) return;
    await rm(keyPath(this.root, key), { force: true });
    await rm(this.blobPath(record.blob), { force: true });
  }

  async *list(prefix: string): AsyncIterable<ObjectInfo> {
    for await (const file of this.records(prefixFolder(this.root, prefix))) {
      const record = await readRecord(file);
      if (record !== null && record.key.startsWith(prefix)) yield infoOf(record);
    }
  }

  signedUrl(key: string, options: SignOptions): Promise<string> {
    return Promise.resolve(this.links.sign(checkKey(key), checkExpiry(options.expiresInS)));
  }

  async check(): Promise<void> {
    await mkdir(join(this.root, 'blobs'), { recursive: true });
  }

  private record(key: string): Promise<ObjectRecord | null> {
    return readRecord(keyPath(this.root, key));
  }

  private blobPath(blob: string): string {
    return join(this.root, 'blobs', blob.slice(0, 2), blob);
  }

  private async writeBlob(blob: string, body: Buffer | Readable): Promise<{ size: number; etag: string }> {
    const path = this.blobPath(blob);
    if (Buffer.isBuffer(body)) {
      await writeNew(path, body);
      return { size: body.length, etag: etagOf(createHash('sha256').update(body)) };
    }
    await mkdir(dirname(path), { recursive: true });
    const digest = createHash('sha256');
    let size = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        digest.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    await pipeline(body, meter, createWriteStream(path, { flags: 'wx', flush: true }));
    return { size, etag: etagOf(digest) };
  }

  private async writeRecord(record: ObjectRecord): Promise<void> {
    const final = keyPath(this.root, record.key);
    const folder = keyFolder(this.root, record.key);
    const draft = join(folder, `.${randomUUID()}`);
    try {
      await writeNew(draft, JSON.stringify(record));
      // A link, unlike a rename, fails when somebody else was first.
      if (record.immutable) {
        await link(draft, final);
        await unlink(draft);
      } else await rename(draft, final);
      await syncFolder(folder);
    } catch (error) {
      await rm(draft, { force: true });
      if (errorCode(error) === 'EEXIST') throw new ObjectExistsError(record.key);
      throw error;
    }
  }

  private async *records(folder: string): AsyncIterable<string> {
    let entries;
    try {
      entries = await opendir(folder);
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    for await (const entry of entries) {
      if (entry.isDirectory()) yield* this.records(join(folder, entry.name));
      else if (entry.name.startsWith('@')) yield join(folder, entry.name);
    }
  }
}

const readRecord = async (file: string): Promise<ObjectRecord | null> => {
  try {
    return recordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

const infoOf = ({ key, size, contentType, etag, modifiedAt, immutable }: ObjectRecord): ObjectInfo => ({
  key,
  size,
  contentType,
  etag,
  modifiedAt,
  immutable,
});

const etagOf = (digest: Hash): string => `"${digest.digest('base64url')}"`;

/** Whole and on the disk, or an error. Folders are there as a rule: one is made when it turns out to be missing. */
async function writeNew(path: string, content: Buffer | string): Promise<void> {
  const file = await openNew(path);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(dirname(path), { recursive: true });
    return open(path, 'wx');
  }
}

/** A stream that nobody will read would keep its source open. */
const refuse = (key: string, body: Buffer | Readable): Error => {
  if (!Buffer.isBuffer(body)) body.destroy();
  return new ObjectExistsError(key);
};

/** Only after this does the new name survive a power failure. Windows has no such thing. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
