import { runApp } from '@autobroker/platform/app';
import { vehicleService } from '@autobroker/vehicle';

void runApp('vehicle', [vehicleService]);
