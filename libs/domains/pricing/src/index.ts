export { pricingService } from './pricing.module';
