import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { ok, type PaymentProvider, type Result } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { EventNudge } from './event-nudge';
import { ProviderEventStore } from './ports';
import { type EventRefusal, PaymentGateways } from './provider';

/** A provider tells something: it is believed by its signature, noted once by its id, and looked after later. */
@Injectable()
export class TakeEvent {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly gateways: PaymentGateways,
    private readonly events: ProviderEventStore,
    private readonly nudge: EventNudge,
  ) {}

  /** Throws only when it can't be noted: then the provider sends it again. */
  async run(provider: PaymentProvider, body: Buffer, headers: IncomingHttpHeaders): Promise<Result<{ readonly isNew: boolean }, EventRefusal>> {
    const read = await this.gateways.of(provider).readEvent(body, headers);
    if (!read.ok) return read;
    const isNew = await this.events.insert({ provider, ...read.value }, this.db.clock.now());
    if (isNew) this.nudge.now();
    return ok({ isNew });
  }
}
