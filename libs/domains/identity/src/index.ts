export { identityService } from './identity.module';
