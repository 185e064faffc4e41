import { PaymentEntity } from './payment.entity';

export const paymentEntities = [PaymentEntity];
