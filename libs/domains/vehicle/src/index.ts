export { vehicleService } from './vehicle.module';
