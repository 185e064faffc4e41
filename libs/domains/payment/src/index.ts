export { paymentService } from './payment.module';
