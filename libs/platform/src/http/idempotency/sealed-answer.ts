import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Framed, type Wire } from '../reply/wire';

interface StoredAnswer {
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly binary: boolean;
}

/**
 * Answers are kept encrypted: one of them may hold the only showing of a key. Request hashes are keyed, because a body
 * may hold something short enough to guess.
 */
export class AnswerSeal {
  private readonly cipherKey: Buffer;
  private readonly hashKey: Buffer;

  constructor(secret: string) {
    this.cipherKey = Buffer.from(hkdfSync('sha256', secret, 'autobroker', 'idempotency answers', 32));
    this.hashKey = Buffer.from(hkdfSync('sha256', secret, 'autobroker', 'idempotency hashes', 32));
  }

  hash(...parts: readonly (string | Buffer)[]): Buffer {
    const hmac = createHmac('sha256', this.hashKey);
    for (const part of parts) hmac.update(part).update('\n');
    return hmac.digest();
  }

  /** Null for a body that cannot be kept: a stream leaves only once. */
  seal(wire: Wire): Buffer | null {
    const { headers } = wire;
    const body = wire.body instanceof Framed ? wire.body.toBuffer() : wire.body;
    if (body !== null && typeof body !== 'string' && !Buffer.isBuffer(body)) return null;
    const binary = Buffer.isBuffer(body);
    const stored: StoredAnswer = { headers, body: binary ? body.toString('base64') : body, binary };
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.cipherKey, iv);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(stored), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  open(status: number, sealed: Buffer): Wire {
    const decipher = createDecipheriv('aes-256-gcm', this.cipherKey, sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(12, 28));
    const text = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
    const stored = JSON.parse(text) as StoredAnswer;
    const body = stored.body !== null && stored.binary ? Buffer.from(stored.body, 'base64') : stored.body;
    return { status, headers: { ...stored.headers }, body };
  }
}
