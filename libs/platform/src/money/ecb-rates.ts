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
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of response.body ?? []) {
        size += chunk.length;
        if (size > maxBytes) throw new Error('the answer is too large');
        chunks.push(chunk);
      }
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    } catch (error) {
      throw new RatesUnreachableError(`${url}: ${reasonOf(error)}`, { cause: error });
    }
  }
}

/** What fetch says of a failed connection stands in the cause. */
const reasonOf = (error: unknown): string => {
  if (!(typeof error === 'object' && error !== null && 'message' in error)) return String(error);
  const cause = 'cause' in error ? error.cause : undefined;
  const detail = typeof cause === 'object' && cause !== null && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `${String(error.message)}${detail}`;
};
