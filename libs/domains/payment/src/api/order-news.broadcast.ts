import { Injectable } from '@nestjs/common';
import { orderEvents, orderPriceChanged, orderResumed } from '@autobroker/contracts';
import { Broadcast, type EnvelopeOf } from '@autobroker/platform/messaging';
import { OrderNewsBoard } from '../application/order-news-board';

const news = [...Object.values(orderEvents), orderPriceChanged, orderResumed] as const;

/** Another process may be the one that takes an order's news in, and may not have done so yet: who waits for them here looks until it has. */
@Injectable()
@Broadcast(news)
export class OrderNewsBroadcast {
  constructor(private readonly board: OrderNewsBoard) {}

  handle({ data }: EnvelopeOf<(typeof news)[number]>): void {
    this.board.announced(data.order_id);
  }
}
