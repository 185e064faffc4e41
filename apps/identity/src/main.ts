import { identityService } from '@autobroker/identity';
import { runApp } from '@autobroker/platform/app';

void runApp('identity', [identityService]);
