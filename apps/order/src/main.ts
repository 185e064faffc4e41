import { orderService } from '@autobroker/order';
import { runApp } from '@autobroker/platform/app';

void runApp('order', [orderService]);
