import type { MailKind } from '../../application/identity-mail';
import { mailText } from './texts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

/** A mail in the person's language. The token stands in the fragment, which no server on the way gets to log. */
export function composeMail(
  kind: MailKind,
  locale: string,
  about: { broker: string; portalUrl: string; token: string | null },
): { subject: string; text: string; html: string } {
  const { subject, text, path } = mailText(kind, locale);
  // A broker's name is the broker's own text: it must not bring a line of its own into a header.
  const broker = about.broker.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
  const body = text.replaceAll('{broker}', () => broker);
  const link = path === undefined || about.token === null ? null : `${new URL(path, about.portalUrl).href}#token=${encodeURIComponent(about.token)}`;
  const paragraph = `<p>${escaped(body)}</p>`;
  return {
    subject: `${broker}: ${subject}`,
    text: link === null ? `${body}\n` : `${body}\n\n${link}\n`,
    html: link === null ? paragraph : `${paragraph}<p><a href="${escaped(link)}">${escaped(link)}</a></p>`,
  };
}
