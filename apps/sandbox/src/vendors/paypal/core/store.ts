/** One store for whoever takes money: Stripe's folder has it. */
export { Memory, type Row, type Table } from '../../stripe/core/store';
