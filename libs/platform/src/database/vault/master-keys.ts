import { open, seal } from './sealed-box';

const idPattern = /^[A-Za-z0-9_-]{1,32}$/;

/** Master keys wrap the data keys of people. The first one wraps; the others only open what they wrapped before. */
export class MasterKeys {
  private readonly keys: ReadonlyMap<string, Buffer>;
  readonly currentId: string;

  /** `ring`: `id:base64,…` with 32 bytes each, the current one first. */
  constructor(ring: string) {
    const keys = new Map<string, Buffer>();
    for (const part of ring
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)) {
      const colon = part.indexOf(':');
      const id = part.slice(0, Math.max(colon, 0));
      const key = Buffer.from(part.slice(colon + 1), 'base64');
      // The message names ids only: the ring is a secret.
      if (!idPattern.test(id)) throw new Error('a master key has no usable id (id:base64,…)');
      if (key.length !== 32) throw new Error(`master key ${id} is not 32 bytes of base64`);
      if (keys.has(id)) throw new Error(`master key ${id} is listed twice`);
      keys.set(id, key);
    }
    const [first] = keys.keys();
    if (first === undefined) throw new Error('there is no master key');
    this.keys = keys;
    this.currentId = first;
  }

  wrap(dataKey: Buffer, owner: string): { keyId: string; wrapped: Buffer } {
    return { keyId: this.currentId, wrapped: seal(this.key(this.currentId), dataKey, `data-key|${owner}`) };
  }

  unwrap(keyId: string, wrapped: Buffer, owner: string): Buffer {
    return open(this.key(keyId), wrapped, `data-key|${owner}`);
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (key === undefined) throw new Error(`master key ${id} is not in the ring`);
    return key;
  }
}
