import type { Price } from './facts';
import { lateChanges, type HistoryEntry } from './late-sighting';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const euro = (amount: number): Price => ({ amount, currency: 'EUR' });
const entry = (n: number, amount: number, change: HistoryEntry['change'] = 'price'): HistoryEntry => ({ id: `at-${n}`, at: day(n), change, status: 'available', price: euro(amount) });
const late = (n: number, amount: number) => ({ at: day(n), status: 'available', price: euro(amount) });

describe('a capture that comes late', () => {
  const history = [entry(1, 100, 'first_seen'), entry(10, 80)];

  it('adds nothing where the price was known to be the same', () => {
    expect(lateChanges(history, late(5, 100), day(12))).toEqual({ entries: [], amended: null });
  });

  it('shows that a price was asked earlier than it was first seen', () => {
    expect(lateChanges(history, late(7, 80), day(12))).toEqual({ entries: [], amended: { ...entry(10, 80), at: day(7) } });
  });

  it('fills a price in between', () => {
    expect(lateChanges(history, late(5, 90), day(12))).toEqual({ entries: [{ ...late(5, 90), change: 'price' }], amended: null });
  });

  it('becomes the first sighting, and what was the first is a change of price', () => {
    const [first] = history;
    expect(lateChanges([entry(3, 100, 'first_seen')], late(1, 120), day(12))).toEqual({ entries: [{ ...late(1, 120), change: 'first_seen' }], amended: { ...entry(3, 100), change: 'price' } });
    expect(first?.change).toBe('first_seen');
  });

  it('tells of a price that was taken back', () => {
    expect(lateChanges(history, late(11, 70), day(12)).entries).toEqual([{ ...late(11, 70), change: 'price' }, { ...late(12, 80), change: 'price' }]);
  });
});
