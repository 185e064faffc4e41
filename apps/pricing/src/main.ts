import { pricingService } from '@autobroker/pricing';
import { runApp } from '@autobroker/platform/app';

void runApp('pricing', [pricingService]);
