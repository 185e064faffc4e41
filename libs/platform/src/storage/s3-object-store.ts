import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import {
  type ByteRange,
  checkContentType,
  checkExpiry,
  checkKey,
  ObjectExistsError,
  ObjectStoreAwayError,
  type ObjectInfo,
  type ObjectStore,
  type PutOptions,
  type SignOptions,
  type StoredObject,
} from './object-store';

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  /** Absent: AWS itself. */
  readonly endpoint?: string | undefined;
  readonly pathStyle?: boolean | undefined;
  /** Absent: what the environment provides (instance role, profile). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly createBucket?: boolean | undefined;
  readonly timeoutMs?: number | undefined;
}

const immutableMark = { immutable: 'true' };

export class S3ObjectStore implements ObjectStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(private readonly options: S3Options) {
    this.bucket = options.bucket;
    this.client = new S3Client({
      region: options.region,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
      forcePathStyle: options.pathStyle ?? options.endpoint !== undefined,
      ...(options.credentials === undefined ? {} : { credentials: { ...options.credentials } }),
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 5_000, requestTimeout: options.timeoutMs ?? 30_000 },
      // Not every compatible store understands the newer trailing checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(key: string, body: Buffer | Readable, options: PutOptions): Promise<ObjectInfo> {
    checkKey(key);
    checkContentType(options.contentType);
    const immutable = options.immutable ?? false;
    const before = await this.head(key);
    if (before !== null && (immutable || before.immutable)) {
      if (!Buffer.isBuffer(body)) body.destroy();
      throw new ObjectExistsError(key);
    }
    if (Buffer.isBuffer(body)) return this.send(key, () => body, body.length, options);
    // The length must be known beforehand and a retry must be able to begin again: so by way of a file.
    const spool = join(tmpdir(), `autobroker-upload-${randomUUID()}`);
    try {
      await pipeline(body, createWriteStream(spool, { flags: 'wx', mode: 0o600 }));
      return await this.send(key, () => createReadStream(spool), (await stat(spool)).size, options);
    } finally {
      await rm(spool, { force: true });
    }
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject | null> {
    checkKey(key);
    const found = await missingAsNull(() =>
      this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: key, ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }) }),
      ),
    );
    if (found === null) return null;
    if (!(found.Body instanceof Readable)) throw new Error(`object ${key} came without a stream`);
    const total = Number(found.ContentRange?.split('/')[1] ?? found.ContentLength ?? 0);
    return { ...infoOf(key, total, found), stream: found.Body };
  }

  async head(key: string): Promise<ObjectInfo | null> {
    checkKey(key);
    const found = await missingAsNull(() => this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key })));
    return found === null ? null : infoOf(key, found.ContentLength ?? 0, found);
  }

  async delete(key: string): Promise<void> {
    checkKey(key);
    await missingAsNull(() => this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key })));
  }

  async *list(prefix: string): AsyncIterable<ObjectInfo> {
    let token: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) }),
      );
      for (const { Key: key } of page.Contents ?? []) {
        if (key === undefined) continue;
        // A listing tells neither the type nor our mark.
        const info = await this.head(key);
        if (info !== null) yield info;
      }
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  signedUrl(key: string, options: SignOptions): Promise<string> {
    return getSignedUrl(this.client, new GetObjectCommand({ Bucket: this.bucket, Key: checkKey(key) }), {
      expiresIn: checkExpiry(options.expiresInS),
    });
  }

  async check(): Promise<void> {
    const found = await missingAsNull(() => this.client.send(new HeadBucketCommand({ Bucket: this.bucket })));
    if (found !== null) return;
    if (this.options.createBucket !== true) throw new Error(`bucket ${this.bucket} does not exist`);
    try {
      await this.client.send(new CreateBucketCommand({ Bucket: this.bucket }));
    } catch (error) {
      // Another process was as quick.
      if (!(error instanceof S3ServiceException && error.name === 'BucketAlreadyOwnedByYou')) throw error;
    }
  }

  close(): void {
    this.client.destroy();
  }

  private async send(key: string, body: () => Buffer | Readable, size: number, options: PutOptions): Promise<ObjectInfo> {
    try {
      return await this.sendOnce(key, body, size, options);
    } catch (error) {
      // The first file of an installation that may make its bucket itself.
      if (this.options.createBucket !== true || !(error instanceof S3ServiceException) || error.name !== 'NoSuchBucket') throw error;
      await this.check();
      return this.sendOnce(key, body, size, options);
    }
  }

  private async sendOnce(key: string, body: () => Buffer | Readable, size: number, options: PutOptions): Promise<ObjectInfo> {
    const immutable = options.immutable ?? false;
    try {
      const done = await this.client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: key,
          Body: body(),
          ContentLength: size,
          ContentType: options.contentType,
          // Two at the same time: the store itself lets only one of them through.
          ...(immutable ? { IfNoneMatch: '*', Metadata: immutableMark, CacheControl: 'private, max-age=604800, immutable' } : {}),
        }),
      );
      return { key, size, contentType: options.contentType, etag: done.ETag ?? '', modifiedAt: new Date(), immutable };
    } catch (error) {
      if (error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0)) throw new ObjectExistsError(key);
      throw awayOr(error);
    }
  }
}

interface Described {
  readonly ContentType?: string | undefined;
  readonly ETag?: string | undefined;
  readonly LastModified?: Date | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

const infoOf = (key: string, size: number, found: Described): ObjectInfo => ({
  key,
  size,
  contentType: found.ContentType ?? 'application/octet-stream',
  etag: found.ETag ?? '',
  modifiedAt: found.LastModified ?? new Date(0),
  immutable: found.Metadata?.immutable === immutableMark.immutable,
});

const missingAsNull = async <T>(ask: () => Promise<T>): Promise<T | null> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
    throw awayOr(error);
  }
};

/** What the store itself refuses is about the request; everything else is about the store. */
const awayOr = (error: unknown): unknown =>
  error instanceof S3ServiceException && (error.$metadata.httpStatusCode ?? 500) < 500 ? error : new ObjectStoreAwayError({ cause: error });
