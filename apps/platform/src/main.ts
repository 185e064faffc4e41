import { runApp } from '@autobroker/platform/app';
import { hostedServices } from './services';

void runApp('platform', hostedServices);
