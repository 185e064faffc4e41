import type { Account } from '../account';
import type { RawHash } from './form';

/** A request whose caller is known. */
export interface Call {
  readonly account: Account;
  readonly params: Readonly<Record<string, string>>;
  readonly raw: RawHash;
  /** The body as it came, for files. */
  readonly body: Buffer;
  readonly contentType: string;
}

export type Endpoint = readonly [method: 'GET' | 'POST' | 'DELETE', path: string, handle: (call: Call) => object];

export interface Match {
  readonly handle: Endpoint[2];
  readonly params: Readonly<Record<string, string>>;
}

/** By method and number of parts; what is spelled out goes before what is a parameter. */
export class Endpoints {
  private readonly known = new Map<string, { readonly parts: readonly string[]; readonly handle: Endpoint[2] }[]>();

  constructor(endpoints: readonly Endpoint[]) {
    for (const [method, path, handle] of endpoints) {
      const parts = path.split('/');
      const key = `${method} ${parts.length}`;
      this.known.set(key, [...(this.known.get(key) ?? []), { parts, handle }]);
    }
    const wild = (parts: readonly string[]): number => parts.filter((part) => part.startsWith(':')).length;
    for (const all of this.known.values()) all.sort((a, b) => wild(a.parts) - wild(b.parts));
  }

  find(method: string, path: string): Match | null {
    const parts = path.split('/');
    for (const { parts: wanted, handle } of this.known.get(`${method} ${parts.length}`) ?? []) {
      if (!wanted.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at]))) continue;
      return { handle, params: Object.fromEntries(wanted.flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), decoded(parts[at] ?? '')]] : []))) };
    }
    return null;
  }
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
