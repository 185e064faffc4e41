import { Controller } from '@nestjs/common';
import { etagOf, Handle, Input, type InputOf, noContent, orThrow, reply } from '@autobroker/platform/http';
import { SavedCards } from '../application/saved-cards';
import { presentSavedCard } from './present';
import { callerOf } from './requests';
import { getCard, listCards, removeCard, saveCard } from './routes/saved-card.routes';

const fresh = { 'cache-control': 'no-store' };

/** Cards that a buyer keeps. */
@Controller()
export class SavedCardsController {
  constructor(private readonly cards: SavedCards) {}

  @Handle(saveCard)
  async save(@Input() input: InputOf<typeof saveCard>) {
    const card = orThrow(await this.cards.save(callerOf(input)));
    return reply(presentSavedCard(card), { status: 201, location: `/api/v1/payment-methods/${card.id}`, headers: fresh });
  }

  @Handle(listCards)
  async list(@Input() input: InputOf<typeof listCards>) {
    return reply((await this.cards.list(callerOf(input))).map(presentSavedCard), { headers: fresh });
  }

  @Handle(getCard)
  async get(@Input() input: InputOf<typeof getCard>) {
    const card = orThrow(await this.cards.one(input.params.id, callerOf(input)));
    return reply(presentSavedCard(card), { etag: etagOf(card.version), headers: fresh });
  }

  @Handle(removeCard)
  async remove(@Input() input: InputOf<typeof removeCard>) {
    orThrow(await this.cards.remove(input.params.id, input.ifMatch, callerOf(input)));
    return noContent();
  }
}
