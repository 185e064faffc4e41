import { get, page, post, redirect, type Answer, type Exchange, type Route } from '../../../shared/exchange';
import { html, type Markup } from '../../../shared/markup';
import type { Account } from '../account';
import { StripeError } from '../core/errors';
import { inWords } from '../money/amounts';
import type { PaymentIntent, PaymentMethod, Session, SetupIntent } from '../objects';
import { authenticated } from '../payments/engine';
import { makeMethod } from '../payments/methods';
import { setupAuthenticated } from '../payments/setups';
import { finished, submit } from './sessions';

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f6f8fa;color:#1a1f36}main{max-width:26rem;margin:3rem auto;background:#fff;border-radius:8px;padding:2rem;box-shadow:0 2px 12px #0002}h1{font-size:1.1rem;margin:0 0 .5rem}p.total{font-size:2rem;font-weight:600;margin:.2rem 0 1rem}label{display:block;margin:.7rem 0 .2rem;font-size:.9rem}input[type=text],input[type=email]{width:100%;box-sizing:border-box;font:inherit;padding:.55rem;border:1px solid #8792a2;border-radius:6px}.row{display:flex;gap:.8rem}.row div{flex:1}button{font:inherit;font-weight:600;width:100%;padding:.7rem;margin-top:1rem;border:0;border-radius:6px;background:#0055de;color:#fff}button.plain{background:#fff;color:#1a1f36;border:1px solid #8792a2}.error{background:#fdecea;color:#8a1c12;border-radius:6px;padding:.6rem .8rem}.test{font-size:.8rem;color:#545969}table{width:100%;font-size:.95rem}td:last-child{text-align:right}a{color:#0055de}`;

const shell = (title: string, inside: Markup): Markup => html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head>
<body><main>${inside}<p class="test">Test mode · played by the sandbox</p></main></body></html>`;

const gone = (message: string, status = 404): Answer => page(shell('Something went wrong', html`<h1>Something went wrong</h1><p>${message}</p>`), { status });

const uncached = { headers: { 'cache-control': 'no-store' } } as const;

const field = (name: string, label: string, value: string, hint: string, more: { readonly mode?: string; readonly kind?: string } = {}): Markup =>
  html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${more.kind ?? 'text'}" value="${value}" placeholder="${hint}" inputmode="${more.mode ?? 'text'}" autocomplete="off" required></div>`;

function formPage(session: Session, given: URLSearchParams, error: string | null): Markup {
  const said = (name: string): string => given.get(name) ?? '';
  const total = session.amount_total === null ? null : inWords(session.amount_total, session.currency ?? 'usd');
  const both = session.payment_method_types.length > 1;
  const transferOnly = !session.payment_method_types.includes('card');
  const choice = both ? html`<fieldset><legend>Pay with</legend>${session.payment_method_types.map((type) => html`<label><input type="radio" name="type" value="${type}"${type === 'card' ? html` checked` : ''}> ${type === 'card' ? 'Card' : 'Bank transfer'}</label>`)}</fieldset>` : html`<input type="hidden" name="type" value="${session.payment_method_types[0]}">`;
  const card = transferOnly ? '' : html`${field('card_number', 'Card number', said('card_number'), '1234 1234 1234 1234', { mode: 'numeric' })}<div class="row">${field('card_expiry', 'Expiry', said('card_expiry'), 'MM / YY', { mode: 'numeric' })}${field('card_cvc', 'CVC', said('card_cvc'), 'CVC', { mode: 'numeric' })}</div>`;
  return shell(
    total === null ? 'Save a payment method' : 'Checkout',
    html`<h1>${total === null ? 'Save your payment details' : session._items.map((item) => item.description).join(', ')}</h1>
${total === null ? '' : html`<p class="total">${total}</p><table>${session._items.map((item) => html`<tr><td>${item.description} × ${item.quantity}</td><td>${inWords(item.amount_total, item.currency)}</td></tr>`)}</table>`}
${error === null ? '' : html`<p class="error" role="alert">${error}</p>`}
<form method="post" action="/c/pay/${session.id}">${field('email', 'Email', said('email') || (session.customer_email ?? ''), 'you@example.com', { kind: 'email' })}${choice}${card}${field('name', transferOnly ? 'Name' : 'Name on card', said('name'), '')}
<button type="submit" name="action" value="pay">${total === null ? 'Save card' : 'Pay'}</button></form>
${session.cancel_url === null ? '' : html`<p><a href="${session.cancel_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id)}">Back</a></p>`}`,
  );
}

const expiryOf = (text: string): { readonly month: string; readonly year: string } => {
  const [month = '', year = ''] = text.split(/[\s/.-]+/u);
  return { month, year };
};

const methodOf = (account: Account, given: URLSearchParams, email: string, name: string): PaymentMethod => {
  const details = { email: email === '' ? null : email, name: name === '' ? null : name };
  if (given.get('type') === 'customer_balance') return makeMethod(account, { type: 'customer_balance', billing_details: details });
  const { month, year } = expiryOf(given.get('card_expiry') ?? '');
  return makeMethod(account, { type: 'card', billing_details: details, card: { number: given.get('card_number') ?? '', exp_month: Number(month), exp_year: Number(year), cvc: given.get('card_cvc') ?? '' } });
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
  return page(formPage(session, given, message), { ...uncached, status: message === null ? 200 : 402 });
}

/** What the pages may do is done between two requests of the API. */
export type Within = <T>(act: () => T) => T;

export function hostedPages(account: Account, within: Within): readonly Route[] {
  const sessionOf = ({ params }: Exchange): Session | undefined => account.sessions.get(params['id'] ?? '');
  const ended = (session: Session): Answer => (session.status === 'complete' ? away(successUrl(session)) : gone('This checkout page has expired. Go back to the shop and start again.', 410));

  const show = (exchange: Exchange): Answer => {
    const session = sessionOf(exchange);
    if (session === undefined) return gone('There is no such checkout page.');
    return session.status === 'open' ? page(formPage(session, new URLSearchParams(), null), uncached) : ended(session);
  };

  const send = (exchange: Exchange): Answer => {
    const session = sessionOf(exchange);
    if (session === undefined) return gone('There is no such checkout page.');
    if (session.status !== 'open') return ended(session);
    const given = new URLSearchParams(exchange.body.toString('utf8'));
    const [email, name] = [(given.get('email') ?? '').trim(), (given.get('name') ?? '').trim()];
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
      return charge === undefined ? gone('There is no such receipt.') : page(shell('Receipt', html`<h1>Receipt</h1><p class="total">${inWords(charge.amount_captured, charge.currency)}</p><p>${charge.id}</p>`));
    }),
  ];
}

const waitingOf = (account: Account, { params }: Exchange): PaymentIntent | SetupIntent | undefined => account.intents.get(params['id'] ?? '') ?? account.setups.get(params['id'] ?? '');

function challenge(account: Account, exchange: Exchange): Answer {
  const waiting = waitingOf(account, exchange);
  if (waiting === undefined) return gone('There is no such payment.');
  if (waiting.status !== 'requires_action') return returned(waiting);
  const what = waiting.object === 'payment_intent' ? html`<p class="total">${inWords(waiting.amount, waiting.currency)}</p>` : html`<p>To save your card for later</p>`;
  return page(shell('3D Secure', html`<h1>3D Secure 2 Test Page</h1>${what}<p>Your bank wants to know that it is you.</p>
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
  if (waiting._returnUrl === null) return page(shell('3D Secure', html`<h1>Done</h1><p>You can close this window.</p>`), uncached);
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
  if (typeof shown !== 'object' || shown === null) return page(shell('Bank transfer', html`<h1>Thank you</h1><p>Nothing is left to be paid.</p>${onTo}`), uncached);
  return page(shell('Bank transfer', html`<h1>Send us a bank transfer</h1><p class="total">${inWords(intent.amount - intent._funded, intent.currency)}</p><pre>${JSON.stringify(shown, null, 1)}</pre>${onTo}`), uncached);
}
