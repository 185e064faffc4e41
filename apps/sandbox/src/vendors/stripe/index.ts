import { text, type Answer, type Exchange, type Route } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import type { Vendor, World } from '../../shared/vendor';
import { waker, type Waker } from '../../shared/waker';
import { Account, apiVersion } from './account';
import { Api, refusal, type ApiRequest } from './api';
import { afterPayment, playSessions, sessionEndpoints } from './checkout/sessions';
import { hostedPages } from './checkout/pages';
import { catalogEndpoints } from './catalog';
import { clockEndpoints } from './clocks';
import { StripeError } from './core/errors';
import { dashboard } from './dashboard';
import { fileContents, fileEndpoints } from './files';
import { moneyEndpoints, playPayouts } from './money/payouts';
import { attemptEndpoints } from './payments/attempts';
import { chargeEndpoints } from './payments/charges';
import { customerEndpoints } from './payments/customers';
import { directEndpoints, playDirect } from './payments/direct';
import { disputeEndpoints, playDisputes } from './payments/disputes';
import { playExpiry } from './payments/engine';
import { intentEndpoints } from './payments/intents';
import { methodEndpoints } from './payments/methods';
import { playRefunds, refundEndpoints } from './payments/refunds';
import { setupEndpoints } from './payments/setups';
import { profileEndpoints } from './profile';
import { transferEndpoints } from './payments/transfers';
import { Deliverer } from './webhooks/deliverer';
import { webhookEndpoints } from './webhooks/endpoints';

/** Taken apart so that nobody's scanner takes them for real ones. */
const secretKey = ['sk', 'test', '51Sandbox00000000000000000000000000000000000001'].join('_');
const publishableKey = ['pk', 'test', '51Sandbox00000000000000000000000000000000000001'].join('_');

const endpoints = [...customerEndpoints, ...methodEndpoints, ...intentEndpoints, ...setupEndpoints, ...attemptEndpoints, ...chargeEndpoints, ...directEndpoints, ...refundEndpoints, ...disputeEndpoints, ...transferEndpoints, ...moneyEndpoints, ...sessionEndpoints, ...webhookEndpoints, ...fileEndpoints, ...clockEndpoints, ...catalogEndpoints, ...profileEndpoints];

/** What a vendor in trouble says, in Stripe's words. */
const trouble = (status: number, retryAfter: number | null): Answer => {
  const error = status === 429 ? new StripeError(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.' }) : new StripeError(status, { type: status >= 500 ? 'api_error' : 'invalid_request_error', message: 'An unknown error occurred' });
  return text('application/json', refusal(error, 'req_none'), { status, headers: { ...(retryAfter === null ? {} : { 'retry-after': String(retryAfter) }), ...(status === 429 ? { 'stripe-should-retry': 'true' } : {}) } });
};

/** The account, woken whenever something is due. */
function open(world: World): { readonly account: Account; readonly deliverer: Deliverer } & Waker {
  const account = new Account({ now: world.now, baseUrl: world.baseUrl, file: world.stateFile() });
  const deliverer = new Deliverer(account, world.chaos, world.onError);
  playPayouts(account);
  playExpiry(account);
  playRefunds(account);
  playDirect(account);
  playDisputes(account);
  playSessions(account);
  account.onPaid = (intent) => afterPayment(account, intent);
  return { account, deliverer, ...waker(world, account, deliverer) };
}

export const stripe: Vendor = {
  slug: 'stripe',
  title: 'Stripe',
  kind: 'payments',
  key: { secret_key: secretKey, publishable_key: publishableKey },
  hints: (baseUrl) => ({
    sdk: `new Stripe(secret_key, { host: '${new URL(baseUrl).hostname}', port: ${new URL(baseUrl).port}, protocol: 'http' }), API version ${apiVersion}`,
    webhooks: `stripe.webhookEndpoints.create({ url, enabled_events: ['*'] }) answers with the secret, once; http and loopback addresses are taken`,
    rotation: `${baseUrl}/ rolls a secret, and sends an event again; POST /v1/test_helpers/webhook_endpoints/{id}/roll_secret {expires_in} does it for programs`,
    authentication: `next_action.redirect_to_url.url in a browser, or POST to it outcome=complete or outcome=fail`,
    chaos: 'duplicate, reorder, delay_ms, drop, fail_after_commit, rate_limit, status',
  }),
  startPath: '/',
  robots: () => robotsTxt(['/']),
  sendsWebhooks: true,
  trouble,
  routes: (world) => {
    const { account, deliverer, settle, within } = open(world);
    const api = new Api(account, endpoints, { secretKey, publishableKey, delayMs: () => world.chaos().delay_ms, failsAfterCommit: () => world.chaos().fail_after_commit, settle, onError: world.onError });
    const ask = async ({ method, path, url, headers, body }: Exchange): Promise<Answer> => {
      const request: ApiRequest = { method, path, query: url.search.slice(1), headers, body };
      const answer = await api.answer(request);
      return text('application/json', answer.body, { status: answer.status, headers: answer.headers });
    };
    // What is neither a page nor the API is refused as the API refuses.
    const all: Route = { method: '*', path: '/*', handle: ask };
    return [...hostedPages(account, within), ...dashboard(account, deliverer, within), fileContents(account, secretKey), all];
  },
};
