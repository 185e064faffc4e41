import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { CookieJar } from 'tough-cookie';

/** Cookies and the user agent of each run: as a browser that is opened for it and closed after it. */
export class Sessions {
  private readonly jars = new LRUCache<string, CookieJar>({ max: 500, ttl: 2 * 3_600_000 });

  constructor(private readonly userAgents: readonly string[]) {}

  userAgent(session: string): string {
    const { userAgents } = this;
    const turn = createHash('sha256').update(session).digest().readUInt32BE(0);
    return userAgents[turn % Math.max(1, userAgents.length)] ?? 'AutobrokerBot/1.0';
  }

  cookies(session: string, url: URL): Promise<string> {
    return this.jar(session).getCookieString(url.href);
  }

  async remember(session: string, url: URL, setCookie: string | string[] | undefined): Promise<void> {
    if (setCookie === undefined) return;
    const jar = this.jar(session);
    // A cookie that is not in order is the site's fault and nobody's problem.
    for (const cookie of [setCookie].flat().slice(0, 50)) await jar.setCookie(cookie, url.href, { ignoreError: true });
  }

  private jar(session: string): CookieJar {
    const known = this.jars.get(session);
    if (known !== undefined) return known;
    const jar = new CookieJar();
    this.jars.set(session, jar);
    return jar;
  }
}
