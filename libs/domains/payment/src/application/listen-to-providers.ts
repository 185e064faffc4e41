import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { logger } from '@autobroker/platform/telemetry';
import { PaymentGateways } from './provider';

const log = logger('payment.providers');

/** Sees to it that the providers tell us what happens: when the process starts, and again by the sweep while they were away. */
@Injectable()
export class ListenToProviders implements OnApplicationBootstrap {
  constructor(private readonly gateways: PaymentGateways) {}

  onApplicationBootstrap(): void {
    void this.run();
  }

  async run(): Promise<void> {
    for (const gateway of this.gateways.all()) {
      await gateway.listen().catch((error: unknown) => log.warn({ err: error, provider: gateway.provider }, 'a provider does not know yet where to send its events'));
    }
  }
}
