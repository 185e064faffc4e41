import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, orThrow, reply } from '@autobroker/platform/http';
import { TakeEvent } from '../application/take-event';
import { paypalWebhook, stripeWebhook } from './routes/payment.routes';

/** What a provider tells is noted and answered at once, whether it is about us or not. */
@Controller()
export class WebhooksController {
  constructor(private readonly taking: TakeEvent) {}

  @Handle(stripeWebhook)
  async stripe(@Input() { request, headers }: InputOf<typeof stripeWebhook>) {
    orThrow(await this.taking.run('stripe', request.rawBody, headers));
    return reply({ received: true });
  }

  @Handle(paypalWebhook)
  async paypal(@Input() { request, headers }: InputOf<typeof paypalWebhook>) {
    orThrow(await this.taking.run('paypal', request.rawBody, headers));
    return reply({ received: true });
  }
}
