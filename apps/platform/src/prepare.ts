import { prepareInstallation } from '@autobroker/platform/app';
import { hostedServices } from './services';

/** Makes a database ready for this version: schemas, roles, migrations, and where wanted the demo. Ends when done. */
void prepareInstallation('prepare', hostedServices);
