import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';

export interface Order {
  readonly id: string;
  readonly tenantId: string;
  readonly version: number;
  readonly title: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const titleLimit = 120;

/** A new order, or why there can't be one. */
export function openOrder(input: {
  readonly id: string;
  readonly tenantId: string;
  readonly title: string;
  readonly at: Date;
}): Result<Order, Refusal<'validation_failed'>> {
  const { id, tenantId, at } = input;
  const title = input.title.trim().replace(/\s+/gu, ' ');
  if (title === '' || title.length > titleLimit) {
    const detail = `has 1 to ${titleLimit} characters`;
    return refuse('validation_failed', 'The title can’t be used', { errors: [{ pointer: '/title', code: 'title_length', detail }] });
  }
  return ok({ id, tenantId, version: 1, title, createdAt: at, updatedAt: at });
}
