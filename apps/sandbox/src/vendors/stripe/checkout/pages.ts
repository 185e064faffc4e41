import { get, page, post, redirect, type Answer, type Exchange, type Route } from '../../../shared/exchange';
import { html, type Markup } from '../../../shared/markup';
import type { Account } from '../account';
import { StripeError } from '../core/errors';
import type { Sent } from '../core/render';
import { inWords } from '../money/amounts';
import type { Charge, PaymentIntent, PaymentMethod, Session, SetupIntent } from '../objects';
import { authenticated } from '../payments/engine';
import { makeMethod } from '../payments/methods';
import { setupAuthenticated } from '../payments/setups';
import { facts, formScript, gone, shell, testNote } from './look';
import { finished, submit } from './sessions';

const uncached = { headers: { 'cache-control': 'no-store' } } as const;

interface FieldLook {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly kind?: 'text' | 'email';
  readonly digits?: boolean;
  readonly fills: string;
  readonly required: boolean;
}

const field = ({ name, label, value, hint, kind, digits, fills, required }: FieldLook): Markup =>
  html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${kind ?? 'text'}" value="${value}" placeholder="${hint ?? ''}" inputmode="${digits === true ? 'numeric' : kind === 'email' ? 'email' : 'text'}" autocomplete="${fills}"${required ? html` required` : ''}></div>`;

/** What was typed, by the names that the page gives its fields, or by plain ones. */
const typed = (given: URLSearchParams, name: string, other: string): string => [given.get(name), given.get(other)].map((said) => said?.trim() ?? '').find((said) => said !== '') ?? '';

const cardFields = (given: URLSearchParams, must: boolean): Markup =>
  html`<div class="card">${field({ name: 'cardNumber', label: 'Card number', value: typed(given, 'cardNumber', 'card_number'), hint: '1234 1234 1234 1234', digits: true, fills: 'cc-number', required: must })}<div class="row">${field({ name: 'cardExpiry', label: 'Expiry', value: typed(given, 'cardExpiry', 'card_expiry'), hint: 'MM / YY', digits: true, fills: 'cc-exp', required: must })}${field({ name: 'cardCvc', label: 'CVC', value: typed(given, 'cardCvc', 'card_cvc'), hint: 'CVC', digits: true, fills: 'cc-csc', required: must })}</div></div>`;

const summary = (session: Session, total: string | null): Markup => {
  const back = session.cancel_url === null ? '' : html`<p><a href="${session.cancel_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id)}" aria-label="Back to the shop">← Back</a></p>`;
  if (total === null) return html`<section>${back}<h1>Save your payment details</h1><p>They are kept for payments to come. Nothing is charged now.</p></section>`;
  const [first, ...more] = session._items;
  const items = session._items.map((item) => html`<li><span>${item.description}${item.quantity > 1 ? html`<small>${item.quantity} × ${inWords(item.amount_total / item.quantity, item.currency)}</small>` : ''}</span><span>${inWords(item.amount_total, item.currency)}</span></li>`);
  return html`<section>${back}<h1>${more.length === 0 ? (first?.description ?? 'Pay') : 'Pay'}</h1><p class="total">${total}</p><ul class="items">${items}</ul></section>`;
};

const typeNames: Readonly<Record<string, string>> = { card: 'Card', customer_balance: 'Bank transfer' };

function formPage(account: Account, session: Session, given: URLSearchParams, error: string | null): Markup {
  const total = session.amount_total === null ? null : inWords(session.amount_total, session.currency ?? 'usd');
  const types = session.payment_method_types;
  const chosen = types.includes(given.get('type') ?? '') ? given.get('type') : types[0];
  const choice = types.length > 1 ? html`<fieldset><legend>Pay with</legend>${types.map((type) => html`<label><input type="radio" id="type-${type}" name="type" value="${type}"${type === chosen ? html` checked` : ''}> ${typeNames[type] ?? type}</label>`)}</fieldset>` : html`<input type="hidden" name="type" value="${types[0]}">`;
  const email = given.get('email') ?? session.customer_email ?? account.customers.get(session.customer ?? '')?.email ?? '';
  return shell(
    total === null ? 'Save a payment method' : 'Checkout',
    html`${summary(session, total)}<section><h2>${total === null ? 'Payment method' : 'Payment details'}</h2>
${error === null ? '' : html`<p class="error" role="alert">${error}</p>`}
<form method="post" action="/c/pay/${session.id}">${field({ name: 'email', label: 'Email', value: email, hint: 'email@example.com', kind: 'email', fills: 'email', required: true })}${choice}${types.includes('card') ? cardFields(given, types.length === 1) : ''}<div class="${types.length > 1 ? 'card' : 'name'}">${field({ name: 'billingName', label: types.includes('card') ? 'Cardholder name' : 'Name', value: typed(given, 'billingName', 'name'), hint: types.includes('card') ? 'Full name on card' : '', fills: 'name', required: types.length === 1 })}</div>
<button type="submit" class="SubmitButton" data-testid="hosted-payment-submit-button">${total === null ? 'Save card' : 'Pay'}</button></form>${testNote}</section>${formScript}`,
    'wide',
  );
}

/** `12 / 30`, `12/2030`, `1230`. */
const expiryOf = (said: string): { readonly month: number; readonly year: number } => {
  const parts = /^(\d{1,2})\s*[/.\s-]\s*(\d{2}|\d{4})$/u.exec(said) ?? /^(\d{2})(\d{2}|\d{4})$/u.exec(said);
  return { month: Number(parts?.[1] ?? 'NaN'), year: Number(parts?.[2] ?? 'NaN') };
};

const incomplete = (field: string, what: string): StripeError => new StripeError(402, { type: 'card_error', code: `incomplete_${field}`, message: `Your card's ${what} is incomplete.`, param: field });

const methodOf = (account: Account, given: URLSearchParams, email: string, name: string): PaymentMethod => {
  const details = { email: email === '' ? null : email, name: name === '' ? null : name };
  if (given.get('type') === 'customer_balance') return makeMethod(account, { type: 'customer_balance', billing_details: details });
  const { month, year } = expiryOf(typed(given, 'cardExpiry', 'card_expiry'));
  const [number, cvc] = [typed(given, 'cardNumber', 'card_number'), typed(given, 'cardCvc', 'card_cvc')];
  if (number === '') throw incomplete('number', 'number');
  if (Number.isNaN(month)) throw incomplete('expiry', 'expiration date');
  if (cvc === '') throw incomplete('cvc', 'security code');
  return makeMethod(account, { type: 'card', billing_details: details, card: { number, exp_month: month, exp_year: year, cvc } });
};

const away = (to: string): Answer => ({ ...redirect(to, 303), headers: { location: to, 'cache-control': 'no-store' } });

const successUrl = (session: Session): string => (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id);

/** Where the visitor goes from here: on, to the bank, or back to the form. */
function onward(account: Account, session: Session, given: URLSearchParams, error: string | null): Answer {
  if (finished(account, session)) {
    const intent = account.intents.get(session.payment_intent ?? '');
    const told = intent?.next_action?.['type'] === 'display_bank_transfer_instructions' ? `${account.baseUrl}/instructions/${intent.id}` : null;
    return away(told ?? successUrl(session));
  }
  const waiting = session.mode === 'payment' ? account.intents.get(session.payment_intent ?? '') : account.setups.get(session.setup_intent ?? '');
  if (waiting?.status === 'requires_action') return away(`${account.baseUrl}/authenticate/${waiting.id}`);
  const last = waiting === undefined ? null : waiting.object === 'payment_intent' ? waiting.last_payment_error : waiting.last_setup_error;
  const message = error ?? last?.message ?? null;
  return page(formPage(account, session, given, message), { ...uncached, status: message === null ? 200 : 402 });
}

/** What the pages may do is done between two requests of the API. */
export type Within = <T>(act: () => T) => T;

export function hostedPages(account: Account, within: Within): readonly Route[] {
  const sessionOf = ({ params }: Exchange): Session | undefined => account.sessions.get(params['id'] ?? '');
  const ended = (session: Session): Answer => (session.status === 'complete' ? away(successUrl(session)) : gone('This checkout page has expired. Go back to the shop and start again.', 410));

  const show = (exchange: Exchange): Answer => {
    const session = sessionOf(exchange);
    if (session === undefined) return gone('There is no such checkout page.');
    return session.status === 'open' ? page(formPage(account, session, new URLSearchParams(), null), uncached) : ended(session);
  };

  const send = (exchange: Exchange): Answer => {
    const session = sessionOf(exchange);
    if (session === undefined) return gone('There is no such checkout page.');
    if (session.status !== 'open') return ended(session);
    const given = new URLSearchParams(exchange.body.toString('utf8'));
    const [email, name] = [(given.get('email') ?? '').trim(), typed(given, 'billingName', 'name')];
    try {
      const refused = submit(account, session, { email: email === '' ? null : email, name: name === '' ? null : name }, methodOf(account, given, email, name));
      return onward(account, session, given, refused?.message ?? null);
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return onward(account, session, given, error.message);
    }
  };

  const back = (exchange: Exchange): Answer => {
    const session = sessionOf(exchange);
    if (session === undefined) return gone('There is no such checkout page.');
    return session.status === 'expired' ? ended(session) : onward(account, session, new URLSearchParams(), null);
  };

  return [
    get('/c/pay/:id', (exchange) => within(() => show(exchange))),
    post('/c/pay/:id', (exchange) => within(() => send(exchange))),
    get('/c/pay/:id/return', (exchange) => within(() => back(exchange))),
    get('/authenticate/:id', (exchange) => within(() => challenge(account, exchange))),
    post('/authenticate/:id', (exchange) => within(() => respond(account, exchange))),
    get('/instructions/:id', (exchange) => within(() => instructions(account, exchange))),
    get('/receipts/:id', ({ params }) => {
      const charge = account.charges.get(params['id'] ?? '');
      return charge === undefined ? gone('There is no such receipt.') : page(receipt(charge));
    }),
  ];
}

const waitingOf = (account: Account, { params }: Exchange): PaymentIntent | SetupIntent | undefined => account.intents.get(params['id'] ?? '') ?? account.setups.get(params['id'] ?? '');

function challenge(account: Account, exchange: Exchange): Answer {
  const waiting = waitingOf(account, exchange);
  if (waiting === undefined) return gone('There is no such payment.');
  if (waiting.status !== 'requires_action') return returned(waiting);
  const what = waiting.object === 'payment_intent' ? html`<p class="total">${inWords(waiting.amount, waiting.currency)}</p>` : html`<p>To save your card for later</p>`;
  return page(shell('3D Secure', html`<h2>3D Secure 2 Test Page</h2>${what}<p>Your bank wants to know that it is you.</p>
<form method="post" action="/authenticate/${waiting.id}"><button id="test-source-authorize-3ds" type="submit" name="outcome" value="complete">Complete</button><button id="test-source-fail-3ds" class="plain" type="submit" name="outcome" value="fail">Fail</button></form>`), uncached);
}

function respond(account: Account, exchange: Exchange): Answer {
  const waiting = waitingOf(account, exchange);
  if (waiting === undefined) return gone('There is no such payment.');
  const outcome = new URLSearchParams(exchange.body.toString('utf8')).get('outcome');
  if (outcome !== 'complete' && outcome !== 'fail') return gone('Say whether it is you.', 400);
  if (waiting.object === 'payment_intent') authenticated(account, waiting, outcome === 'complete');
  else setupAuthenticated(account, waiting, outcome === 'complete');
  return returned(waiting);
}

/** Back to the shop, with what became of it. */
function returned(waiting: PaymentIntent | SetupIntent): Answer {
  if (waiting._returnUrl === null) return page(shell('3D Secure', html`<h2>Done</h2><p>You can close this window.</p>`), uncached);
  if (waiting._session !== null) return away(waiting._returnUrl);
  const to = new URL(waiting._returnUrl);
  const good = waiting.status === 'succeeded' || waiting.status === 'requires_capture' || waiting.status === 'processing';
  to.searchParams.set(waiting.object, waiting.id);
  to.searchParams.set(`${waiting.object}_client_secret`, waiting.client_secret);
  to.searchParams.set('source_type', 'card');
  to.searchParams.set('redirect_status', good ? 'succeeded' : waiting.status === 'requires_action' ? 'pending' : 'failed');
  return away(to.href);
}

function instructions(account: Account, exchange: Exchange): Answer {
  const intent = account.intents.get(exchange.params['id'] ?? '');
  const shown = intent?.next_action?.['display_bank_transfer_instructions'];
  const session = account.sessions.get(intent?._session ?? '');
  if (intent === undefined) return gone('There is no such payment.');
  const onTo = session === undefined ? '' : html`<p><a href="${successUrl(session)}">Back to the shop</a></p>`;
  if (!isSent(shown)) return page(shell('Bank transfer', html`<h2>Thank you</h2><p>Nothing is left to be paid.</p>${onTo}`), uncached);
  return page(shell('Bank transfer', html`<h2>Send us a bank transfer</h2><p class="total">${inWords(intent.amount - intent._funded, intent.currency)}</p>${facts(accountIn(shown))}<p>The money is put to your payment once it has come.</p>${onTo}`), uncached);
}

const isSent = (value: unknown): value is Sent => typeof value === 'object' && value !== null;

/** What to write on the transfer. */
function accountIn(shown: Sent): Readonly<Record<string, string>> {
  const addresses: unknown = shown['financial_addresses'];
  const first: unknown = Array.isArray(addresses) ? addresses[0] : null;
  const address = isSent(first) ? Object.values(first).find(isHashed) : undefined;
  const said = (name: string): string => (isSent(address) ? String(address[name] ?? '') : '');
  return { 'Account holder': said('account_holder_name'), IBAN: said('iban').replace(/(.{4})(?=.)/gu, '$1 '), BIC: said('bic'), 'Sort code': said('sort_code'), 'Routing number': said('routing_number'), 'Account number': said('account_number'), Bank: said('bank_name'), Reference: String(shown['reference'] ?? '') };
}

const isHashed = (value: unknown): value is Sent => isSent(value) && !Array.isArray(value);

const receipt = (charge: Charge): Markup => {
  const { card, sepa_debit: debit } = charge.payment_method_details;
  const paidWith = card === undefined ? (debit === undefined ? 'Bank transfer' : `SEPA debit •••• ${debit.last4}`) : `${card.brand.replace(/^./u, (first) => first.toUpperCase())} •••• ${card.last4}`;
  return shell('Receipt', html`<h2>Receipt</h2><p class="total">${inWords(charge.amount_captured, charge.currency)}</p>${facts({ Date: new Date(charge.created * 1_000).toISOString().slice(0, 10), 'Paid with': paidWith, Payment: charge.description, Refunded: charge.amount_refunded === 0 || !charge.captured ? null : inWords(charge.amount_refunded, charge.currency), Number: charge.id })}`);
};
