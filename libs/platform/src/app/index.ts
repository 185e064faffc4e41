export { appConfig, enginesConfig, processRoles, redisCa, type AppSettings, type EngineSettings, type ProcessRole } from './config';
export { App, createApp, type AppOptions, type AppOverrides } from './create-app';
export {
  defineService,
  type DemoAccount,
  type DemoSeeder,
  type DemoWorld,
  type Founder,
  type LocalAuthPorts,
  type ServiceDefinition,
  type ServiceInput,
} from './define-service';
export { hostedWith, platformConfigs, platformRoutes } from './installation';
export { platformVersion } from './parts/documents';
export { runMigrations } from './migrate';
export { StartError } from './parts/database';
export { prepareInstallation } from './prepare-installation';
export { runApp } from './run-app';
export { ClockFollower } from './clock-follower';
export { onClockMoved, type ClockListener, type MovableClock } from './sandbox-clock';
export { Settings } from './settings';
export { CLOCK } from './tokens';
