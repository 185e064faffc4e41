import { buildOpenApi } from '@autobroker/platform/http';
import { paymentService } from '../payment.module';

it('its routes make one document, in which money that moves asks for a key and webhooks for none', () => {
  const document = buildOpenApi(paymentService.routes, { version: '0' });
  expect(Object.keys(document['paths'] ?? {})).toContain('/api/v1/webhooks/stripe');
  const posts = paymentService.routes.filter(({ method }) => method === 'POST');
  const loose = posts.filter(({ idempotency }) => idempotency !== 'required').map(({ path }) => path);
  expect(loose.sort()).toEqual(['/reconciliation/runs', '/webhooks/paypal', '/webhooks/stripe']);
});
