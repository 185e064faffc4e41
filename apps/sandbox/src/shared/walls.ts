import { page, text, type Answer } from './exchange';
import { html } from './markup';

/** Pages that stand in the way of the real one, as the well-known products show them. */
export const walls = {
  captcha: (path: string): Answer =>
    page(
      html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Access to this page has been denied</title>
<meta name="robots" content="noindex, nofollow"><script>window._pxAppId = 'PXu6b0qd2S'; window._pxJsClientSrc = '/u6b0qd2S/init.js'; window._pxUuid = '5f0b7c5e-6a1e-11ee';</script></head>
<body><section class="px-captcha-container"><h1 class="px-captcha-header">Before we continue…</h1>
<p>Press &amp; Hold to confirm you are a human (and not a bot).</p><div id="px-captcha"></div>
<p class="px-captcha-refid">Reference ID 5f0b7c5e-6a1e-11ee-9d2b-${path.length}</p></section>
<script src="/captcha/captcha.js?a=c&amp;m=0"></script></body></html>`,
      { status: 403, headers: { 'cache-control': 'no-store', 'set-cookie': '_pxhd=1f9c; Path=/' } },
    ),
  cloudflare: (path: string): Answer =>
    page(
      html`<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="robots" content="noindex,nofollow"><meta http-equiv="refresh" content="390"></head>
<body class="no-js"><div class="main-wrapper" role="main"><div class="main-content"><noscript><div class="h2"><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div></div>
<script>(function(){window._cf_chl_opt={cvId:'3',cZone:'127.0.0.1',cType:'managed',cRay:'8f2c1a7d9e0b',cFPWv:'g',cUPMDTk:'${path}'};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=8f2c1a7d9e0b';document.getElementsByTagName('head')[0].appendChild(a);})();</script></body></html>`,
      { status: 403, headers: { server: 'cloudflare', 'cf-mitigated': 'challenge', 'cf-ray': '8f2c1a7d9e0b-FRA', 'cache-control': 'private, max-age=0, no-store' } },
    ),
  consent: (path: string): Answer =>
    page(
      html`<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Ihre Privatsphäre ist uns wichtig</title><meta name="robots" content="noindex"></head>
<body><div id="gdpr-consent-layer" class="consent-wall" role="dialog" aria-label="Einwilligung"><h1>Bevor Sie fortfahren</h1>
<p>Wir und unsere 842 Partner verwenden Cookies und ähnliche Technologien, um Inhalte und Anzeigen zu personalisieren. We value your privacy.</p>
<form method="post" action="/consent?return=${encodeURIComponent(path)}"><button name="choice" value="all" class="accept-all">Alle akzeptieren</button>
<button name="choice" value="manage">Einstellungen verwalten</button></form><a href="/datenschutz">Datenschutzerklärung</a> · <a href="/impressum">Impressum</a></div></body></html>`,
      { headers: { 'cache-control': 'no-store' } },
    ),
};

export const tooMany = (retryAfter: number, wantsJson: boolean): Answer =>
  wantsJson
    ? text('application/json; charset=utf-8', JSON.stringify({ error: 'Too Many Requests', retry_after: retryAfter }), { status: 429, headers: { 'retry-after': String(retryAfter) } })
    : page(html`<!DOCTYPE html><html><head><title>429 Too Many Requests</title></head><body><h1>Too Many Requests</h1><p>You are going too fast. Please slow down.</p></body></html>`, {
        status: 429,
        headers: { 'retry-after': String(retryAfter) },
      });

export const failed = (status: number): Answer =>
  page(html`<!DOCTYPE html><html><head><title>${status} error</title></head><body><center><h1>${status}</h1></center><hr><center>nginx</center></body></html>`, { status });

const noise = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 197 + (index >> 3) * 61) % 256));

/** What says it is a page and is not. */
export const garbage = (type: string): Answer => text(type, noise);
