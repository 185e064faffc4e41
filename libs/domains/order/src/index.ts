export { orderService } from './order.module';
