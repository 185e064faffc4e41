import { get, text, type Answer, type Exchange, type Route } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import type { Vendor, World } from '../../shared/vendor';
import { waker, type Waker } from '../../shared/waker';
import { Account } from './account';
import { Api, refusal } from './api';
import { controls } from './control';
import { PaypalError } from './core/errors';
import { dashboard } from './dashboard';
import { disputeEndpoints, playDisputes } from './disputes/endpoints';
import { orderEndpoints } from './orders/endpoints';
import { playOrders } from './orders/life';
import { trackingEndpoints } from './orders/tracking';
import { checkoutPages } from './pages/checkout';
import { authorizationEndpoints } from './payments/authorizations';
import { captureEndpoints } from './payments/captures';
import { playPayments } from './payments/charging';
import { reportingEndpoints } from './reporting/endpoints';
import { certificateOf } from './webhooks/certificates';
import { Deliverer } from './webhooks/deliverer';
import { webhookEndpoints } from './webhooks/endpoints';

/** Taken apart so that nobody's scanner takes them for real ones. */
const clientId = ['AU', 'Sandbox-client', '0'.repeat(56), '1'].join('_');
const clientSecret = ['EU', 'Sandbox-secret', '0'.repeat(56), '1'].join('_');

/** What a vendor in trouble says, in PayPal's words. */
const trouble = (status: number, retryAfter: number | null): Answer => refusal(new PaypalError(status), undefined, retryAfter === null ? {} : { 'retry-after': String(retryAfter) });

/** The account, woken whenever something is due. */
function open(world: World): { readonly account: Account; readonly deliverer: Deliverer } & Waker {
  const account = new Account({ now: world.now, baseUrl: world.baseUrl, file: world.stateFile() });
  const deliverer = new Deliverer(account, world.chaos, world.onError);
  playOrders(account);
  playPayments(account);
  playDisputes(account);
  return { account, deliverer, ...waker(world, account, deliverer) };
}

export const paypal: Vendor = {
  slug: 'paypal',
  title: 'PayPal',
  kind: 'payments',
  key: { client_id: clientId, client_secret: clientSecret },
  hints: (baseUrl) => ({
    sdk: `new Client({ clientCredentialsAuthCredentials, timeout, unstable_httpClientOptions: { adapter } }), where the adapter leads every request to ${baseUrl}`,
    approval: `the order's approve or payer-action link in a browser, or POST ${baseUrl}/checkoutnow with token=…&action=approve&funding=balance`,
    webhooks: `POST ${baseUrl}/v1/notifications/webhooks { url, event_types: [{ name: '*' }] } answers with the id that is signed over; http and loopback addresses are taken`,
    certificates: `${baseUrl}/v1/notifications/certs/ serves them; POST ${baseUrl}/sandbox/certificates/renew makes another one`,
    disputes: `POST ${baseUrl}/sandbox/disputes { capture_id, reason?, amount? } opens one`,
    settings: `POST ${baseUrl}/sandbox/settings { reauthorize: 'once' | 'multiple', order_hours, token_seconds, unique_invoices, reporting_seconds }`,
    chaos: 'duplicate, reorder, delay_ms, drop, fail_after_commit, rate_limit, status',
  }),
  startPath: '/',
  robots: () => robotsTxt(['/']),
  sendsWebhooks: true,
  trouble,
  routes: (world) => {
    const { account, deliverer, settle, within } = open(world);
    const endpoints = [...orderEndpoints, ...trackingEndpoints, ...authorizationEndpoints, ...captureEndpoints, ...disputeEndpoints, ...reportingEndpoints, ...webhookEndpoints(deliverer)];
    const api = new Api(account, endpoints, { clientId, clientSecret, delayMs: () => world.chaos().delay_ms, failsAfterCommit: () => world.chaos().fail_after_commit, settle, onError: world.onError });
    /** Whoever verifies a webhook fetches it, without a token. */
    const certificate = ({ params }: Exchange): Answer => {
      certificateOf(account);
      const found = account.certificates.get(params['id'] ?? '');
      account.flush();
      return found === undefined ? refusal(new PaypalError(404)) : text('application/x-pem-file', found.pem, { headers: { 'cache-control': 'public, max-age=86400' } });
    };
    // What is neither a page nor the API is refused as the API refuses.
    const all: Route = { method: '*', path: '/*', handle: (exchange) => api.answer(exchange) };
    return [...checkoutPages(account, within), ...dashboard(account, deliverer, within), ...controls(account, within), get('/v1/notifications/certs/:id', certificate), all];
  },
};
