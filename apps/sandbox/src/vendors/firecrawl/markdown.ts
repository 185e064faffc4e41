import type { CheerioAPI } from 'cheerio';

type Node = Parameters<CheerioAPI['contains']>[1];

const blocks = new Set(['p', 'div', 'section', 'article', 'main', 'ul', 'ol', 'dl', 'table', 'tr', 'form', 'body', 'figure', 'dt', 'dd']);

/** The readable part of a page as Markdown: headings, lists, links and pictures; plain text for the rest. */
export function markdownOf($: CheerioAPI, base: string): string {
  const resolve = (href: string | undefined): string => (href !== undefined && URL.canParse(href, base) ? new URL(href, base).href : (href ?? ''));
  const inner = (node: Node): string =>
    $(node)
      .contents()
      .toArray()
      .map((child) => write(child))
      .join('');
  const write = (node: Node): string => {
    if (node.type === 'text') return $(node).text().replace(/\s+/gu, ' ');
    if (node.type !== 'tag') return '';
    const name = node.name;
    if (/^h[1-6]$/u.test(name)) return `\n\n${'#'.repeat(Number(name.slice(1)))} ${inner(node).trim()}\n\n`;
    switch (name) {
      case 'br':
        return '  \n';
      case 'li':
        return `\n- ${inner(node).trim()}`;
      case 'a':
        return `[${inner(node).trim()}](${resolve($(node).attr('href'))})`;
      case 'img':
        return `![${$(node).attr('alt') ?? ''}](${resolve($(node).attr('src'))})`;
      case 'strong':
      case 'b':
        return `**${inner(node).trim()}**`;
      case 'del':
      case 's':
      case 'strike':
        return `~~${inner(node).trim()}~~`;
      case 'td':
      case 'th':
        return ` ${inner(node).trim()} |`;
      default:
        return blocks.has(name) ? `\n\n${inner(node)}\n\n` : inner(node);
    }
  };
  return $('body')
    .toArray()
    .map(write)
    .join('')
    .replace(/[ \t]+\n/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
