import { Injectable } from '@nestjs/common';
import { userErased } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { KeepQuotes } from '../application/quotes/keep-quotes';

export const forgetQuotes = defineConsumer({ name: 'pricing.forget-quotes', on: [userErased] });

@Injectable()
@EventConsumer(forgetQuotes)
export class ForgetQuotesConsumer {
  constructor(private readonly keep: KeepQuotes) {}

  handle({ data }: EventFor<typeof forgetQuotes>, tx: Tx): Promise<void> {
    return this.keep.forgetPerson(tx, data.user_id);
  }
}
