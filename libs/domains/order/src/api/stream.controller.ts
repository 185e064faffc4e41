import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, orThrow, ProblemError, stream } from '@autobroker/platform/http';
import { ReadOrders } from '../application/read-orders';
import { OrderStreams } from './order-streams';
import { callerOf } from './requests';
import { streamOrder } from './routes/order.routes';

@Controller()
export class StreamController {
  constructor(
    private readonly reading: ReadOrders,
    private readonly streams: OrderStreams,
  ) {}

  @Handle(streamOrder)
  async listen(@Input() input: InputOf<typeof streamOrder>) {
    const order = orThrow(await this.reading.one(input.params.id, callerOf(input)));
    const last = input.headers['last-event-id'];
    const seen = typeof last === 'string' && /^\d{1,9}$/.test(last) ? Number(last) : order.version;
    const opened = this.streams.open(order, seen);
    if (opened === null) throw new ProblemError('rate_limited', 'Too many listen to this order.', { headers: { 'retry-after': '30' } });
    return stream(opened, 'text/event-stream; charset=utf-8', { headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no' } });
  }
}
