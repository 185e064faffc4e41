import { paymentService } from '@autobroker/payment';
import { runApp } from '@autobroker/platform/app';

void runApp('payment', [paymentService]);
