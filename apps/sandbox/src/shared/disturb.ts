import { createHash } from 'node:crypto';
import type { Answer } from './exchange';
import { isRecord } from './records';

/** The same page after a redesign: other classes, attributes and keys; what a visitor sees stays. */
export function changeSelectors(answer: Answer): Answer {
  if (answer.status !== 200 || typeof answer.body !== 'string') return answer;
  if (answer.type.startsWith('text/html')) return { ...answer, body: changeHtml(answer.body) };
  if (answer.type.startsWith('application/json')) return { ...answer, body: changeJsonText(answer.body) };
  if (answer.type.includes('xml')) return { ...answer, body: changeXml(answer.body) };
  if (answer.type.startsWith('text/csv')) return { ...answer, body: changeCsv(answer.body) };
  return answer;
}

const renamed = (name: string): string => `x${createHash('sha1').update(name).digest('hex').slice(0, 7)}`;

const changeHtml = (body: string): string =>
  body
    // Structured data is what a redesign loses first.
    .replace(/<script type="application\/ld\+json">[\s\S]*?<\/script>/gu, '')
    .replace(/(<script id=")(__NEXT_DATA__)(" type="application\/json">)([\s\S]*?)(<\/script>)/gu, (_, open: string, id: string, middle: string, data: string, end: string) => `${open}${renamed(id)}${middle}${changeJsonText(data)}${end}`)
    .replace(/window\.__INITIAL_STATE__ = (\{[\s\S]*?\});?(?=\s*<\/script>)/gu, (_, data: string) => `window.${renamed('state')} = ${changeJsonText(data)};`)
    .replace(/<[a-z][^<>]*>/gu, changeTag);

/** What a page tells browsers and search engines in its head, other than what the cars are. */
const ofTheHead = /^<(?:meta|link)\b(?![^>]*\s(?:itemprop|property="(?!og:)))/u;

const changeTag = (tag: string): string =>
  ofTheHead.test(tag)
    ? tag
    : tag
        .replace(/\sclass="([^"]*)"/gu, (_, names: string) => ` class="${names.split(/\s+/u).filter(Boolean).map(renamed).join(' ')}"`)
        .replace(/\s(data-[a-z_-]+)=/gu, (_, name: string) => ` data-${renamed(name)}=`)
        .replace(/\sid="([^"]*)"/gu, (_, name: string) => ` id="${renamed(name)}"`)
        .replace(/\s(?:itemprop|itemtype|property|typeof|vocab|content)="[^"]*"/gu, '')
        .replace(/\sitemscope\b/gu, '');

const changeJsonText = (body: string): string => {
  try {
    return JSON.stringify(changeKeys(JSON.parse(body))).replaceAll('<', '\\u003c');
  } catch {
    return body;
  }
};

const changeKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(changeKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [/^[a-z_@]/iu.test(key) ? renamed(key) : key, changeKeys(inner)]));
};

const keptTags = new Set(['xml', 'rss', 'channel', 'item', 'title', 'link', 'description', 'feed', 'entry', 'urlset', 'sitemapindex', 'sitemap', 'url', 'loc', 'lastmod']);

const changeXml = (body: string): string => body.replace(/<(\/?)([A-Za-z][\w:.-]*)/gu, (whole, slash: string, name: string) => (keptTags.has(name) ? whole : `<${slash}${renamed(name)}`));

const changeCsv = (body: string): string => {
  const end = body.indexOf('\n');
  return `${body.slice(0, end).split(';').map((name) => renamed(name)).join(';')}${body.slice(end)}`;
};

/** Markup as careless sites serve it, with the content still there: unclosed, unquoted, cut off at the end. */
export function breakHtml(answer: Answer): Answer {
  if (answer.status !== 200 || typeof answer.body !== 'string') return answer;
  if (answer.type.startsWith('application/json')) return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * 0.9)) };
  if (!answer.type.startsWith('text/html')) return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * 0.95)) };
  let count = 0;
  const body = answer.body
    .split(/(<script[\s\S]*?<\/script>)/u)
    .map((part) =>
      part.startsWith('<script')
        ? part
        : part
            .replace(/<\/(?:li|p|dd|dt|td|tr|span|div)>/gu, (tag) => ((count += 1) % 3 === 0 ? '' : tag))
            .replace(/<(?:div|section|li) /gu, (tag) => ((count += 1) % 7 === 0 ? `<<${tag.slice(1)}` : tag))
            .replace(/&amp;/gu, '&')
            .replace(/ class="([\w-]+)"/gu, (whole, name: string) => ((count += 1) % 2 === 0 ? ` class=${name}` : whole)),
    )
    .join('')
    .replace(/<\/body>[\s\S]*$/u, '<div class="footer"><a href="/im');
  return { ...answer, body };
}
