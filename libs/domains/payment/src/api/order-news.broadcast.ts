import { Injectable } from '@nestjs/common';
import { orderEvents, orderPriceChanged, orderResumed } from '@autobroker/contracts';
import { Broadcast, type EnvelopeOf } from '@autobroker/platform/messaging';
import { OrderNewsBoard } from '../application/order-news-board';

const news = [...Object.values(orderEvents), orderPriceChanged, orderResumed] as const;

/** Another process may be the one that takes an order's news in: who waits for them here looks when they were told. */
@Injectable()
@Broadcast(news)
export class OrderNewsBroadcast {
  constructor(private readonly board: OrderNewsBoard) {}

  handle({ data }: EnvelopeOf<(typeof news)[number]>): void {
    this.board.told(data.order_id);
  }
}
