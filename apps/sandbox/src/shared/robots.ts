import type { Chaos } from './chaos';
import { text, type Answer } from './exchange';

/** The robots.txt of a vendor, or what a switch puts in its place. */
export function robotsAnswer(chaos: Readonly<Chaos>, own: string): Answer {
  const type = 'text/plain; charset=utf-8';
  const delay = chaos.crawl_delay > 0 ? `Crawl-delay: ${chaos.crawl_delay}\n` : '';
  switch (chaos.robots) {
    case 'allow':
      return text(type, `User-agent: *\nAllow: /\n${delay}`);
    case 'disallow':
      return text(type, `User-agent: *\nDisallow: /\n${delay}`);
    case 'broken':
      // A page where the file should be, with lines that nobody can read: RFC 9309 has parsers skip them.
      return text('text/html', `\uFEFF<!DOCTYPE html><html><body>\0\u0001 User agent * Disallow\n::::\nDisallow\n${'x'.repeat(2_000)}</body></html>`);
    case '500':
      return text(type, 'Internal Server Error', { status: 500 });
    case 'own':
    case 'slow':
      return text(type, own.replace(/^(User-agent: \*\n)/mu, `$1${delay}`), { headers: { 'cache-control': 'max-age=3600' } });
  }
}

/** The usual file: everybody may see cars, nobody the accounts. */
export const robotsTxt = (disallowed: readonly string[], more: readonly string[] = []): string =>
  ['User-agent: *', ...disallowed.map((path) => `Disallow: ${path}`), '', 'User-agent: BadBot', 'Disallow: /', ...(more.length > 0 ? ['', ...more] : []), ''].join('\n');
