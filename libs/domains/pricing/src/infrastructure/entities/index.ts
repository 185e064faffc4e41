import type { EntityClass } from '@autobroker/platform/database';

export const pricingEntities: EntityClass[] = [];
