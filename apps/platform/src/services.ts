import { identityService } from '@autobroker/identity';
import { documentsService } from '@autobroker/documents';
import { paymentService } from '@autobroker/payment';
import { orderService } from '@autobroker/order';
import { pricingService } from '@autobroker/pricing';
import { scraperService } from '@autobroker/scraper';
import type { ServiceDefinition } from '@autobroker/platform/app';
import { platformConfigs, platformRoutes } from '@autobroker/platform/app';
import { renderConfigDocs } from '@autobroker/platform/config';
import { buildOpenApi, fullPath } from '@autobroker/platform/http';
import { vehicleService } from '@autobroker/vehicle';
import { version } from './version';

/** All services of the platform, in the order in which they are prepared. A new one is added here and in apps/<name>. */
export const hostedServices: readonly ServiceDefinition[] = [identityService, vehicleService, scraperService, pricingService, orderService, paymentService, documentsService];

/** What the router of the distributed shape sends to this service. */
export const servicePaths = (service: ServiceDefinition): string[] => [
  ...new Set([...service.routes, ...platformRoutes].map((route) => fullPath(route))),
];

/** The whole platform's OpenAPI document, as committed in docs/api. */
export const openApiDocument = (): Record<string, unknown> =>
  buildOpenApi([...hostedServices.flatMap((service) => service.routes), ...platformRoutes], { version });

/** docs/configuration.md */
export const configurationDocs = (): string =>
  // Some settings are read by more than one service.
  renderConfigDocs([...new Set([...platformConfigs, ...hostedServices.flatMap((service) => service.config)])]);
