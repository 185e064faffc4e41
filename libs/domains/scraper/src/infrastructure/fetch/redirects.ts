import type { ErrorClass } from '../../domain/run';

const mostHops = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
export const isRedirect = (status: number): boolean => redirects.has(status);

export type NextHop = { readonly ok: true; readonly url: URL; readonly method: 'GET' | 'POST' } | { readonly ok: false; readonly error: ErrorClass; readonly detail: string };

/** Follows redirects by hand, so that every hop is judged like the first request. */
export class RedirectTrail {
  private readonly seen = new Set<string>();
  private hops = 0;

  constructor(private readonly isAllowed: (url: URL) => boolean) {}

  /** Cookies are a part of what was asked: a page that sets one and comes back to itself is no loop. */
  next(from: URL, method: 'GET' | 'POST', status: number, location: string | null, cookies: { readonly sent: string; readonly now: string }): NextHop {
    if (location === null || !URL.canParse(location, from.href)) return { ok: false, error: 'unreadable', detail: 'a redirect to nowhere' };
    const url = new URL(location, from);
    url.hash = '';
    if (!this.isAllowed(url)) return { ok: false, error: 'off_origin', detail: `redirected to ${url.origin}` };
    this.hops += 1;
    this.seen.add(`${from.href} ${cookies.sent}`);
    if (this.seen.has(`${url.href} ${cookies.now}`)) return { ok: false, error: 'redirect_loop', detail: `redirected in a circle at ${url.pathname}` };
    if (this.hops > mostHops) return { ok: false, error: 'too_many_redirects', detail: `more than ${mostHops} redirects` };
    return { ok: true, url, method: method === 'POST' && status < 307 ? 'GET' : method };
  }
}

/** http or https, and at one of these origins; no credentials in the address. */
export function allowedUrl(url: URL, origins: readonly string[]): boolean {
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '' && origins.includes(url.origin);
}
