import type { SandboxClock } from '../clock';
import type { OpenVendor } from '../sandbox';
import { html, type Markup } from '../shared/markup';
import { changed } from './changed';

interface Shown {
  readonly clock: SandboxClock;
  readonly vendors: ReadonlyMap<string, OpenVendor>;
}

/** Everybody whom the sandbox plays, for a person. */
export const frontPage = ({ clock, vendors }: Shown): Markup => html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox</title><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1d21}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #d7dbe0}code{background:#f1f3f5;padding:.1rem .3rem;overflow-wrap:anywhere}dl div{display:flex;gap:1rem;padding:.2rem 0}dt{flex:0 0 9rem;color:#545d68}dd{margin:0;min-width:0}</style></head>
<body><main><h1>The outside world, played</h1><p>It is <time datetime="${clock.now().toISOString()}">${clock.now().toISOString().replace('T', ' ').slice(0, 16)} UTC</time> here.</p>
<table><caption hidden>Vendors</caption><thead><tr><th scope="col">Vendor</th><th scope="col">Kind</th><th scope="col">Address</th><th scope="col">On offer</th><th scope="col">Requests</th><th scope="col">State</th></tr></thead><tbody>${[...vendors.values()].map(
  ({ vendor, baseUrl, host, shop }) => html`<tr><th scope="row"><a href="${baseUrl}${vendor.startPath}">${vendor.title}</a></th><td>${vendor.kind}</td><td><code>${baseUrl}</code></td><td>${shop?.count}</td><td>${host.log.counters.total}</td><td>${stateOf(host)}</td></tr>`,
)}</tbody></table>
${[...vendors.values()].filter(({ vendor }) => vendor.key !== undefined || vendor.hints !== undefined).map(admission)}
<h2>Control</h2><p>Move the clock a day: <code>curl -X POST localhost/control/clock -d '{"advance":"1d"}'</code> (on this page's port). Let something go wrong: <code>POST /control/chaos {"vendor":"cars-com","bot_wall":"captcha"}</code>; <code>{"vendor":"*","reset":true}</code> ends it.</p>
<ul><li><a href="/control/vendors">/control/vendors</a></li><li><a href="/control/clock">/control/clock</a></li><li><a href="/control/chaos">/control/chaos</a></li><li><a href="/control/requests">/control/requests</a></li><li><a href="/control/truth">/control/truth</a> (large)</li></ul></main></body></html>`;

/** What it takes to be let in, and how one goes on from there. */
const admission = ({ vendor, baseUrl }: OpenVendor): Markup => html`<section><h2 id="${vendor.slug}">${vendor.title}</h2><dl><div><dt>base_url</dt><dd><code>${baseUrl}</code></dd></div>${Object.entries(vendor.key ?? {}).map(([name, value]) => html`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>`)}${Object.entries(vendor.hints?.(baseUrl) ?? {}).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>
`;

const stateOf = (host: OpenVendor['host']): string => {
  const odd = Object.entries(changed(host.chaos)).map(([name, value]) => `${name}: ${String(value)}`);
  return odd.length === 0 ? 'as usual' : odd.join(', ');
};
