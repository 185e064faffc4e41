import { get, page, post, redirect, type Answer, type Exchange, type Route } from '../../shared/exchange';
import { html, type Markup } from '../../shared/markup';
import { isoTime, type Account } from './account';
import { dispute } from './control';
import { PaypalError } from './core/errors';
import { inWords } from './core/money';
import { reasons } from './disputes/endpoints';
import { totalOf } from './orders/render';
import type { Within } from './pages/checkout';
import { balances } from './payments/statement';
import type { Deliverer } from './webhooks/deliverer';

const shown = 50;

const shell = (inside: Markup): Markup => html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1"><title>PayPal, played</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:68rem;margin:2rem auto;padding:0 1rem;color:#001435}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d7dbe0}code{background:#f1f3f5;padding:.1rem .3rem}form{display:inline}</style></head><body><main>${inside}</main></body></html>`;

const time = (seconds: number): string => isoTime(seconds).replace('T', ' ').slice(0, 19);

const table = (heads: readonly string[], rows: readonly Markup[]): Markup => html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;

/** What a person sees of the account, and what PayPal lets nobody do but a person. */
export function dashboard(account: Account, deliverer: Deliverer, within: Within): readonly Route[] {
  const orders = (): Markup =>
    table(['Order', 'Amount', 'Intent', 'Status', 'Created'], [...account.orders.newestFirst()].slice(0, shown).map((one) => html`<tr><td><a href="/checkoutnow?token=${one.id}"><code>${one.id}</code></a></td><td>${inWords(totalOf(one).minor, totalOf(one).currency)}</td><td>${one.intent}</td><td>${one.status}</td><td>${time(one.created)}</td></tr>`));

  const captures = (): Markup =>
    table(['Payment', 'Amount', 'Given back', 'Status', 'Open a dispute'], [...account.captures.newestFirst()].slice(0, shown).map((one) => html`<tr><td><code>${one.id}</code></td><td>${inWords(one.minor, one.currency)}</td><td>${inWords(one.refunded, one.currency)}</td><td>${one.status}</td><td>${one.dispute ?? html`<form method="post" action="/dashboard/captures/${one.id}/dispute"><label>because of <select name="reason">${reasons.map((reason) => html`<option>${reason}</option>`)}</select></label> <button>Open</button></form>`}</td></tr>`));

  const overview = (): Answer =>
    page(shell(html`<h1>PayPal, played</h1><p>On the account: ${[...balances(account)].map(([currency, minor]) => inWords(minor, currency)).join(', ') || 'nothing'}. Reauthorizations: ${account.settings.reauthorize}.</p>
<h2>Orders</h2>${orders()}
<h2>Payments</h2>${captures()}
<h2>Disputes</h2>${table(['Dispute', 'Payment', 'Amount', 'Reason', 'Status'], [...account.disputes.newestFirst()].slice(0, shown).map((one) => html`<tr><td><code>${one.id}</code></td><td><code>${one.capture}</code></td><td>${inWords(one.minor, one.currency)}</td><td>${one.reason}</td><td>${one.outcome ?? one.status}</td></tr>`))}
<h2>Webhooks</h2>${table(['Webhook', 'Address', 'Events'], [...account.webhooks.newestFirst()].map((one) => html`<tr><td><code>${one.id}</code></td><td>${one.url}</td><td>${one.event_types.join(', ')}</td></tr>`))}
<h2>Events</h2>${table(['Event', 'Type', 'Created', 'Send again'], [...account.events.newestFirst()].slice(0, shown).map((one) => html`<tr><td><code>${one.id}</code></td><td>${one.event_type}</td><td>${time(one.created)}</td><td><form method="post" action="/dashboard/events/${one.id}/resend"><button>Resend</button></form></td></tr>`))}`));

  const resend = ({ params }: Exchange): Answer => {
    const event = account.events.get(params['id'] ?? '');
    if (event === undefined) return page(shell(html`<h1>No such event</h1>`), { status: 404 });
    deliverer.resend(event);
    return redirect('/', 303);
  };

  const open = ({ params, body }: Exchange): Answer => {
    try {
      dispute(account, { capture_id: params['id'] ?? '', reason: new URLSearchParams(body.toString('utf8')).get('reason') ?? undefined });
      return redirect('/', 303);
    } catch (error) {
      if (!(error instanceof PaypalError)) throw error;
      return page(shell(html`<h1>That cannot be disputed</h1><p>${error.details[0]?.description ?? error.message} <a href="/">Back</a></p>`), { status: error.status });
    }
  };

  return [get('/', () => within(overview)), post('/dashboard/events/:id/resend', (exchange) => within(() => resend(exchange))), post('/dashboard/captures/:id/dispute', (exchange) => within(() => open(exchange)))];
}
