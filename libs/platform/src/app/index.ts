export { defineService, type DemoSeeder, type LocalAuthPorts, type ServiceDefinition, type ServiceInput } from './define-service';
