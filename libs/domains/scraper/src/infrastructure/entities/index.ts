import type { EntityClass } from '@autobroker/platform/database';

export const scraperEntities: readonly EntityClass[] = [];
