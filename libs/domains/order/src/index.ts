export { orderService } from './order.module';
export { saleDocs } from './domain/sale-docs';
