import { parseEcbRates } from './ecb-xml';
import type { Rate } from './rate-table';

/** Where published rates come from. */
export interface PublishedRates {
  readonly source: string;
  /** The last day that was published. */
  latest(signal: AbortSignal): Promise<Rate[]>;
  /** The last ninety days. */
  recent(signal: AbortSignal): Promise<Rate[]>;
}

/** The bank could not be reached, or is not well: another attempt may do. */
export class RatesUnreachableError extends Error {
  override readonly name = 'RatesUnreachableError';
}

const maxBytes = 4 * 1024 * 1024;

export class EcbRates implements PublishedRates {
  readonly source = 'ecb';

  constructor(
    private readonly base: string,
    private readonly timeoutMs = 15_000,
  ) {}

  latest(signal: AbortSignal): Promise<Rate[]> {
    return this.load('eurofxref-daily.xml', signal);
  }

  recent(signal: AbortSignal): Promise<Rate[]> {
    return this.load('eurofxref-hist-90d.xml', signal);
  }

  private async load(file: string, signal: AbortSignal): Promise<Rate[]> {
    return parseEcbRates(await this.text(`${this.base.replace(/\/+$/, '')}/${file}`, signal));
  }

  private async text(url: string, signal: AbortSignal): Promise<string> {
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(this.timeoutMs)]), headers: { accept: 'application/xml, text/xml' } });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const body = response.body === null ? new Uint8Array() : await readAtMost(response.body, maxBytes);
      return new TextDecoder('utf-8', { fatal: true }).decode(body);
    } catch (error) {
      throw new RatesUnreachableError(`${url}: ${reasonOf(error)}`, { cause: error });
    }
  }
}

const readAtMost = async (body: AsyncIterable<unknown>, limit: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!ArrayBuffer.isView(chunk)) throw new Error('the answer is no bytes');
    size += chunk.byteLength;
    if (size > limit) throw new Error('the answer is too large');
    chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  return Buffer.concat(chunks);
};

/** What fetch says of a failed connection stands in the cause. */
const reasonOf = (error: unknown): string => {
  if (!(typeof error === 'object' && error !== null && 'message' in error)) return String(error);
  const cause = 'cause' in error ? error.cause : undefined;
  const detail = typeof cause === 'object' && cause !== null && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `${String(error.message)}${detail}`;
};
