/** What was found at an address. */
export interface Fetched {
  readonly url: string;
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export class ScrapeFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const mostBytes = 20 * 1_024 * 1_024;
const mostRedirects = 10;
const agent = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 (compatible; FirecrawlAgent/1.0)';

/** Fetches a page of this sandbox, and of nobody else: redirects that lead away end here. */
export async function fetchPage(given: string, allowed: readonly string[], { headers, timeoutMs }: { headers: Record<string, string>; timeoutMs: number }): Promise<Fetched> {
  const signal = AbortSignal.timeout(timeoutMs);
  let url = new URL(given);
  try {
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      if (!allowed.includes(url.origin)) throw new ScrapeFailure(403, 'SCRAPE_SITE_NOT_ALLOWED', `The sandbox's crawler fetches pages of the sandbox alone, not ${url.origin}`);
      const answer = await fetch(url, { redirect: 'manual', signal, headers: { 'user-agent': agent, accept: 'text/html,application/xhtml+xml,*/*;q=0.8', ...headers } });
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status >= 400 || location === null) return { url: url.href, status: answer.status, type: answer.headers.get('content-type') ?? '', text: await bounded(answer) };
      await answer.body?.cancel();
      url = new URL(location, url);
    }
  } catch (error) {
    if (error instanceof ScrapeFailure) throw error;
    if (signal.aborted) throw new ScrapeFailure(408, 'SCRAPE_TIMEOUT', `The scrape timed out after ${timeoutMs} ms`);
    throw new ScrapeFailure(500, 'SCRAPE_ALL_ENGINES_FAILED', 'All scraping engines failed! Double check the URL to make sure it is not broken.');
  }
  throw new ScrapeFailure(500, 'SCRAPE_ALL_ENGINES_FAILED', 'Too many redirects');
}

const bounded = async (answer: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const next: { readonly done: boolean; readonly value?: unknown } | undefined = await reader?.read();
    const part = next?.value;
    if (!(part instanceof Uint8Array)) break;
    size += part.length;
    if (size > mostBytes) {
      await reader?.cancel();
      throw new ScrapeFailure(500, 'SCRAPE_ALL_ENGINES_FAILED', 'The page is too large');
    }
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  const charset = /charset=([\w-]+)/iu.exec(answer.headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
  return new TextDecoder(charset).decode(bytes);
};
