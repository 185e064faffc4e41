import { get, page, post, redirect, type Answer, type Exchange, type Route } from '../../shared/exchange';
import { html, type Markup } from '../../shared/markup';
import type { Account } from './account';
import type { Within } from './checkout/pages';
import { inWords } from './money/amounts';
import { sums } from './money/balance';
import type { Deliverer } from './webhooks/deliverer';
import { secretsOf } from './webhooks/deliverer';
import { roll } from './webhooks/endpoints';

const shown = 50;

const shell = (inside: Markup): Markup => html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Stripe, played</title><link rel="icon" href="data:,">
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d7dbe0}code{background:#f1f3f5;padding:.1rem .3rem}form{display:inline}</style></head><body><main>${inside}</main></body></html>`;

const time = (seconds: number): string => new Date(seconds * 1_000).toISOString().replace('T', ' ').slice(0, 19);

/** What a person sees of the account, and what Stripe lets nobody do but a person. */
export function dashboard(account: Account, deliverer: Deliverer, within: Within): readonly Route[] {
  const overview = (): Answer => {
    const intents = [...account.intents.newestFirst()].slice(0, shown);
    const events = [...account.events.newestFirst()].slice(0, shown);
    const disputes = [...account.disputes.newestFirst()].slice(0, shown);
    const { available, pending } = sums(account);
    const names = [...new Set([...available.keys(), ...pending.keys()])].sort();
    return page(shell(html`<h1>Stripe, played</h1>
<h2>Balance</h2><table><thead><tr><th scope="col">Currency</th><th scope="col">Available</th><th scope="col">Pending</th></tr></thead><tbody>${names.map((name) => html`<tr><td>${name}</td><td>${inWords(available.get(name) ?? 0, name)}</td><td>${inWords(pending.get(name) ?? 0, name)}</td></tr>`)}</tbody></table>
<h2>Payments</h2><table><thead><tr><th scope="col">Payment</th><th scope="col">Amount</th><th scope="col">Status</th><th scope="col">Created</th></tr></thead><tbody>${intents.map((one) => html`<tr><td><code>${one.id}</code></td><td>${inWords(one.amount, one.currency)}</td><td>${one.status}</td><td>${time(one.created)}</td></tr>`)}</tbody></table>
<h2>Disputes</h2><table><thead><tr><th scope="col">Dispute</th><th scope="col">Amount</th><th scope="col">Status</th><th scope="col">Answer by</th></tr></thead><tbody>${disputes.map((one) => html`<tr><td><code>${one.id}</code></td><td>${inWords(one.amount, one.currency)}</td><td>${one.status}</td><td>${time(one.evidence_details.due_by)}</td></tr>`)}</tbody></table>
<h2>Webhook endpoints</h2><table><thead><tr><th scope="col">Endpoint</th><th scope="col">Address</th><th scope="col">Secrets that sign</th><th scope="col">Roll</th></tr></thead><tbody>${[...account.endpoints.newestFirst()].map((one) => html`<tr><td><code>${one.id}</code></td><td>${one.url}</td><td>${secretsOf(one).length}</td><td><form method="post" action="/dashboard/webhooks/${one.id}/roll"><label>Old one ends in <select name="expires_in"><option value="0">no time</option><option value="3600">an hour</option><option value="86400">a day</option></select></label> <button>Roll secret</button></form></td></tr>`)}</tbody></table>
<h2>Events</h2><table><thead><tr><th scope="col">Event</th><th scope="col">Type</th><th scope="col">To be sent</th><th scope="col">Created</th></tr></thead><tbody>${events.map((one) => html`<tr><td><code>${one.id}</code></td><td>${one.type}</td><td>${one.pending_webhooks}</td><td>${time(one.created)} <form method="post" action="/dashboard/events/${one.id}/resend"><button>Resend</button></form></td></tr>`)}</tbody></table>`));
  };

  const rollSecret = ({ params, body }: Exchange): Answer => {
    const endpoint = account.endpoints.get(params['id'] ?? '');
    const seconds = Number(new URLSearchParams(body.toString('utf8')).get('expires_in') ?? '0');
    if (endpoint === undefined || !Number.isInteger(seconds) || seconds < 0 || seconds > 86_400) return page(shell(html`<h1>No such endpoint, or no such time</h1>`), { status: 404 });
    const secret = roll(account, endpoint, seconds);
    return page(shell(html`<h1>The new secret</h1><p><code id="secret">${secret}</code></p><p>It is shown once. <a href="/">Back</a></p>`));
  };

  const resend = ({ params }: Exchange): Answer => {
    const event = account.events.get(params['id'] ?? '');
    if (event === undefined) return page(shell(html`<h1>No such event</h1>`), { status: 404 });
    for (const endpoint of account.endpoints.oldestFirst()) if (endpoint.status === 'enabled') deliverer.resend(event, endpoint);
    return redirect('/', 303);
  };

  return [get('/', () => within(overview)), post('/dashboard/webhooks/:id/roll', (exchange) => within(() => rollSecret(exchange))), post('/dashboard/events/:id/resend', (exchange) => within(() => resend(exchange)))];
}
