import type { ConfigSpec } from '../config';
import { documentDefinitions, health, healthRoutes, type RouteDefinition } from '../http';
import type { ServiceDefinition } from './define-service';
import { installationService } from './installation-service';
import { processConfigs } from './settings';

/** The services of a process, with what every process has besides. */
export const hostedWith = (services: readonly ServiceDefinition[]): readonly ServiceDefinition[] =>
  services.includes(installationService) ? services : [installationService, ...services];

/** Routes that every process answers, whatever it hosts. */
export const platformRoutes: readonly RouteDefinition[] = [
  ...installationService.routes,
  ...documentDefinitions,
  ...healthRoutes({ registry: health, isDraining: () => false }).map(({ route }) => route),
];

/** What every process is configured by. */
export const platformConfigs: readonly ConfigSpec[] = [...processConfigs, ...installationService.config];
