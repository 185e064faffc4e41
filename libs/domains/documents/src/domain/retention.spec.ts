import { orderStates } from '@autobroker/kernel';
import { isHeld, needsItsBuyer } from './retention';

const at = new Date('2026-11-28T10:00:00.000Z');
const until2035 = { state: 'issued' as const, signers: [], signedBy: [], keptUntil: new Date('2035-01-01T00:00:00.000Z') };

it.each([
  ['an invoice, until its day', until2035, true],
  ['an invoice that has its number and no file yet', { ...until2035, state: 'numbered' as const }, true],
  ['an invoice whose day has come', { ...until2035, keptUntil: at }, false],
  ['an invoice that could not be issued', { ...until2035, state: 'void' as const }, false],
  ['a quote', { ...until2035, keptUntil: null }, false],
  ['a contract that nobody has signed', { ...until2035, signers: ['buyer' as const, 'seller' as const] }, false],
  ['a contract that one of them has signed', { ...until2035, signers: ['buyer' as const, 'seller' as const], signedBy: ['buyer' as const] }, true],
])('%s: the law holds it, whoever asks to be forgotten: %#', (_, document, isItHeld) => {
  expect(isHeld(document, at)).toBe(isItHeld);
});

it('a sale needs its buyer until it has ended', () => {
  expect(orderStates.filter((state) => !needsItsBuyer(state))).toEqual(['completed', 'cancelled']);
});
