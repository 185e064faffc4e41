import { createHash } from 'node:crypto';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);

/** The few marks our own texts use: code, bold, links to our own pages. Everything else is plain text. */
export function inline(text: string): string {
  return escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/\[([^\]]+)\]\((\/[^)\s]*|[a-z_]+\.md)\)/g, (_, label: string, target: string) => {
      const href = target.startsWith('/') ? target : `/problems/${target.replace(/\.md$/, '')}`;
      return `<a href="${href}">${label}</a>`;
    });
}

/** Headings, paragraphs, lists and code blocks of a page of docs/problems. */
export function markdown(source: string): string {
  const blocks = source.replaceAll('\r', '').split(/\n{2,}/);
  const made: string[] = [];
  for (let i = 0; i < blocks.length; i += 1) {
    let block = blocks[i] ?? '';
    if (block.startsWith('```')) {
      while (!/\n```\s*$/.test(block) && i + 1 < blocks.length) block += `\n\n${blocks[(i += 1)] ?? ''}`;
      made.push(
        `<pre tabindex="0"><code>${escapeHtml(block.replace(/^```\w*\n/, '').replace(/\n```\s*$/, ''))}</code></pre>`,
      );
    } else if (block.trim() !== '') {
      made.push(blockHtml(block.trim()));
    }
  }
  return made.join('\n');
}

function blockHtml(block: string): string {
  const heading = /^(#{1,4}) (.*)$/.exec(block);
  if (heading !== null) {
    const level = heading[1]?.length ?? 1;
    return `<h${level}>${inline(heading[2] ?? '')}</h${level}>`;
  }
  if (/^[-*] /.test(block)) {
    const items = block
      .split(/\n(?=[-*] )/)
      .map((item) => `<li>${inline(item.replace(/^[-*] /, '').replaceAll('\n', ' '))}</li>`);
    return `<ul>${items.join('')}</ul>`;
  }
  return `<p>${inline(block.replaceAll('\n', ' '))}</p>`;
}

const style = `
:root{color-scheme:light dark;--bg:#fff;--surface:#f6f8f9;--surface-2:#eaeef1;--border:#d3dae0;--fg:#12181d;--muted:#4f5b67;--primary:#0a5f7a;--ring:#0a7ea4;--good:#3c6e12;--info:#1b57b5;--high:#8a4b00;--danger:#b3261e}
@media (prefers-color-scheme:dark){:root{--bg:#0d1216;--surface:#141b21;--surface-2:#1d262e;--border:#2d3943;--fg:#e7ecf0;--muted:#a2aeb9;--primary:#58bcd9;--ring:#7fd3ec;--good:#a5d36a;--info:#8db8ff;--high:#f2b661;--danger:#ff8a80}}
*{box-sizing:border-box}
html{scroll-padding-top:16px}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 Inter,system-ui,sans-serif}
a{color:var(--primary)}
:focus-visible{outline:2px solid var(--ring);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:16px;top:16px;background:var(--bg);padding:8px}
.page,.bar{max-width:1280px;margin:0 auto;padding:0 16px}
.page{display:grid}
header{border-bottom:1px solid var(--border);background:var(--surface)}
.bar{display:flex;flex-wrap:wrap;gap:4px 24px;padding-block:12px;font-size:14px}.bar a{display:block;padding:4px 0}.bar a:first-child{font-weight:600;text-decoration:none;color:var(--fg);margin-right:auto}
nav{padding:8px 0 16px;border-bottom:1px solid var(--border);max-height:264px;overflow:auto}
nav [aria-current]{font-weight:600;color:var(--fg);border-left:3px solid var(--primary);padding-left:8px}
.data{margin:8px 0 0}
nav ul{list-style:none;margin:0;padding:0}nav li a{display:block;padding:4px 0;text-decoration:none;overflow-wrap:anywhere;font-size:14px}
nav h2{font-size:14px;margin:16px 0 4px}
main{min-width:0;padding:24px 0 64px}
h1,h2,h3,h4{line-height:1.2;font-weight:600}h1{font-size:30px}h2{font-size:24px;margin-top:48px}h3{font-size:18px;margin:32px 0 8px}h4{font-size:14px;margin:16px 0 8px;color:var(--muted)}
article{border-top:1px solid var(--border)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:14px}
code{overflow-wrap:anywhere}
pre{background:var(--surface);border:1px solid var(--border);border-radius:8px;padding:12px;overflow:auto}
.method{display:inline-block;min-width:64px;font-weight:600;font-size:14px}
.get{color:var(--info)}.post{color:var(--good)}.put,.patch{color:var(--high)}.delete{color:var(--danger)}
.muted{color:var(--muted);font-size:14px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;vertical-align:top;padding:8px;border-bottom:1px solid var(--border)}
@media (min-width:1024px){.page{grid-template-columns:280px minmax(0,1fr);gap:48px}nav{position:sticky;top:0;max-height:100vh;border:0}}
`;

/** The pages run no script and load nothing: only their own style is allowed, by its hash. */
const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What every such page is sent with, whoever serves it. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': pagePolicy,
  'cache-control': 'no-cache',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export interface Layout {
  readonly title: string;
  readonly nav: string;
  readonly main: string;
}

export const layout = ({ title, nav, main }: Layout): string =>
  `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><a class="skip" href="#main">Skip to content</a><header><div class="bar"><a href="/api/docs">Autobroker API</a><a href="/problems">Problem codes</a><a href="/api/v1/openapi.json">OpenAPI document</a></div></header><div class="page"><nav aria-label="Contents">${nav}</nav><main id="main">${main}</main></div></body>
</html>
`;
