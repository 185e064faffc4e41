import { get, page, post, redirect, type Answer, type Exchange, type Route } from '../../../shared/exchange';
import { html, type Markup } from '../../../shared/markup';
import { isRecord } from '../../../shared/records';
import type { Account } from '../account';
import { inWords, minorOf } from '../core/money';
import type { Hash } from '../core/reading';
import type { Funding, Order } from '../objects';
import { approve, cancelUrl, isOver, returnUrl } from '../orders/life';
import { totalOf } from '../orders/render';
import { buyer, payerOf } from '../orders/sources';
import { gone, shell, uncached } from './shell';

/** What the pages may do is done between two requests of the API. */
export type Within = <T>(act: () => T) => T;

type Way = readonly [funding: Funding, name: string, what: string];

const good: Way = ['balance', 'PayPal balance', 'Pays at once'];

/** Ways to pay that make something go wrong, or slowly. */
const odd: readonly Way[] = [
  ['declined', 'Card that is declined', 'INSTRUMENT_DECLINED when the order is captured or authorized'],
  ['echeck', 'Bank account, by eCheck', 'The capture stays pending for five days, then completes'],
  ['echeck_bounces', 'Bank account without money', 'The capture stays pending for five days, then is declined'],
  ['review', 'Payment that is reviewed', 'Pending for a day, then it goes through'],
  ['review_denied', 'Payment that is refused after review', 'Pending for a day, then it is denied'],
  ['asks_again', 'Bank that wants to be asked again', 'PAYER_ACTION_REQUIRED once: come back to this page'],
  ['gone_after_honor', 'Money that is gone after three days', 'PAYER_CANNOT_PAY once the honor period is over'],
];

const ways = [good, ...odd];

const wayMarkup = ([funding, name, what]: Way, chosen: boolean): Markup =>
  html`<label class="way"><input type="radio" name="funding" value="${funding}"${chosen ? html` checked` : ''}><span>${name}<small>${what}</small></span></label>`;

const textIn = (hash: unknown, name: string): string => (isRecord(hash) && typeof hash[name] === 'string' ? hash[name] : '');

const priceOf = (money: unknown, times = 1): string => {
  const [currency, minor] = [textIn(money, 'currency_code'), minorOf(textIn(money, 'value'), textIn(money, 'currency_code'))];
  return typeof minor === 'number' ? inWords(minor * times, currency) : '';
};

const itemsOf = ({ wire }: { readonly wire: Hash }): readonly Markup[] => {
  const items: readonly unknown[] = Array.isArray(wire['items']) ? wire['items'] : [];
  if (items.length === 0) return [html`<tr><td>${textIn(wire, 'description') || 'Your order'}</td><td>${priceOf(wire['amount'])}</td></tr>`];
  return items.map((item) => html`<tr><td>${textIn(item, 'name')}${textIn(item, 'quantity') === '1' ? '' : ` × ${textIn(item, 'quantity')}`}</td><td>${priceOf(isRecord(item) ? item['unit_amount'] : null, Number(textIn(item, 'quantity')))}</td></tr>`);
};

const shippingOf = (order: Order): Markup | null => {
  if (order.experience.shipping === 'NO_SHIPPING') return null;
  const given = order.units.map(({ wire }) => wire['shipping']).find(isRecord);
  const address = isRecord(given?.['address']) ? given['address'] : buyer.address;
  const name = textIn(given?.['name'], 'full_name') || `${buyer.name.given_name} ${buyer.name.surname}`;
  const lines = ['address_line_1', 'address_line_2', 'admin_area_2', 'admin_area_1', 'postal_code', 'country_code'].map((part) => textIn(address, part)).filter((part) => part !== '');
  return html`<section class="ship"><h2>Ship to</h2><p>${name}<br>${lines.join(', ')}</p></section>`;
};

const notes = (order: Order): Markup | null => {
  if (order.attempts > 0) return html`<p class="error" role="alert">Your last way to pay was declined. Choose another one.</p>`;
  return order.status === 'PAYER_ACTION_REQUIRED' && order.funding === 'asks_again' ? html`<p class="error" role="alert">Your bank wants to know that it is you. Agree once more.</p>` : null;
};

function checkoutPage(order: Order): Markup {
  const { minor, currency } = totalOf(order);
  const shop = order.experience.brand_name ?? 'the shop';
  const payer = payerOf(order);
  const again = order.status === 'PAYER_ACTION_REQUIRED' && order.funding === 'asks_again';
  const verb = order.experience.pay_now ? (order.intent === 'CAPTURE' ? 'Pay now' : 'Agree and pay') : 'Agree and continue';
  return shell(
    `Pay ${shop} with PayPal`,
    html`<h1>Pay ${shop}</h1><p class="total">${inWords(minor, currency)}</p>${notes(order)}
<table><tbody>${order.units.flatMap(itemsOf)}<tr class="sum"><td>${order.intent === 'CAPTURE' ? 'Total' : 'To be authorized'}</td><td>${inWords(minor, currency)}</td></tr></tbody></table>
<p>Signed in as ${textIn(payer, 'email_address')}</p>
<form method="post" action="/checkoutnow"><input type="hidden" name="token" value="${order.id}">
${again ? '' : html`<fieldset><legend>Pay with</legend>${wayMarkup(good, true)}<details><summary>Other ways, to see what happens</summary>${odd.map((way) => wayMarkup(way, false))}</details></fieldset>`}
${shippingOf(order)}
<button id="approve" type="submit" name="action" value="approve">${verb}</button>
<button id="cancel" class="plain" type="submit" name="action" value="cancel">Cancel and return to ${shop}</button></form>`,
  );
}

const away = (to: string | null, words: string): Answer => (to === null ? page(shell('PayPal', html`<h1>${words}</h1><p>You can close this window.</p>`), uncached) : { ...redirect(to, 303), headers: { location: to, 'cache-control': 'no-store' } });

const ended = (order: Order): Answer => {
  const back = returnUrl(order);
  return page(shell('PayPal', html`<h1>${order.status === 'COMPLETED' ? 'This order has been paid already' : 'This order has been cancelled'}</h1>${back === null ? '' : html`<p><a href="${back}">Back to ${order.experience.brand_name ?? 'the shop'}</a></p>`}`), uncached);
};

const unknown = (): Answer => gone('There is no such order, or its time is over. Go back to the shop and start again.');

/** Where a payer says yes or no. Nobody has to sign in. */
export function checkoutPages(account: Account, within: Within): readonly Route[] {
  const show = ({ query }: Exchange): Answer => {
    const order = account.orders.get(query.get('token') ?? '');
    if (order === undefined) return unknown();
    return isOver(order) ? ended(order) : page(checkoutPage(order), uncached);
  };

  const send = ({ body, query }: Exchange): Answer => {
    const given = new URLSearchParams(body.toString('utf8'));
    const order = account.orders.get(given.get('token') ?? query.get('token') ?? '');
    if (order === undefined) return unknown();
    if (isOver(order)) return ended(order);
    const action = given.get('action');
    if (action === 'cancel') return away(cancelUrl(order), 'You have cancelled the payment');
    const again = order.status === 'PAYER_ACTION_REQUIRED' && order.funding === 'asks_again';
    const chosen = ways.find(([funding]) => funding === (given.get('funding') ?? 'balance'));
    if (action !== 'approve' || chosen === undefined) return gone('Say whether you pay, and how.', 400);
    approve(account, order, again ? 'balance' : chosen[0]);
    return away(returnUrl(order), 'Thank you');
  };

  return [get('/checkoutnow', (exchange) => within(() => show(exchange))), post('/checkoutnow', (exchange) => within(() => send(exchange)))];
}
