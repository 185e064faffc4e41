import { OrderEntity } from './order.entity';

export const orderEntities = [OrderEntity];
