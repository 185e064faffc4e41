import { openPayment, titleLimit } from './payment';

const at = new Date('2026-11-20T12:00:00Z');
const open = (title: string) => openPayment({ id: 'an-id', tenantId: 'a-tenant', title, at });

describe('a new payment', () => {
  it('begins at version 1, with a tidy title', () => {
    expect(open('  Two   words ')).toEqual({
      ok: true,
      value: { id: 'an-id', tenantId: 'a-tenant', version: 1, title: 'Two words', createdAt: at, updatedAt: at },
    });
  });

  it.each(['', ' \t\n', 'a'.repeat(titleLimit + 1)])('is refused with the title %j', (title) => {
    expect(open(title)).toMatchObject({ ok: false, error: { code: 'validation_failed', errors: [{ pointer: '/title' }] } });
  });

  it('may have a title of exactly the limit', () => {
    expect(open('a'.repeat(titleLimit)).ok).toBe(true);
  });
});
