import { Injectable } from '@nestjs/common';
import { userErased } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { SavedCards } from '../application/saved-cards';

export const forgetPeople = defineConsumer({ name: 'payment.forget-people', on: [userErased] });

/** Who is forgotten keeps no cards: what they paid stays in the books. */
@Injectable()
@EventConsumer(forgetPeople)
export class ForgetPeopleConsumer {
  constructor(private readonly cards: SavedCards) {}

  handle({ data }: EventFor<typeof forgetPeople>, tx: Tx): Promise<void> {
    return this.cards.forget(tx, data.user_id);
  }
}
