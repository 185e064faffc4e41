import { anOrder } from './an-order';
import { type PaperSight, timeZoneOf } from './facts';
import { enter } from './step';
import { lacksBuyer, taxOf } from './tax';
import { usualDeadlines } from './tenant-policy';

const silvester = '2024-12-31T23:30:00.000Z';
const broker = { country: 'SK', vatId: 'SK1234567890' };
/** A fee with its tax inside: 20 % until the end of 2024 in Slovakia, then 23 %. */
const order = anOrder({ state: 'inspection', jurisdiction: { country: 'SK', region: null }, progress: { buyerTaxed: { country: 'SK', hasVatId: false } } });
const paper = (kind: string, timeZone: string | null, version = 1): PaperSight => ({ kind, version, issuedAt: new Date(silvester), complete: true, signedAt: new Date(silvester), timeZone });

describe('a sale of before anybody wrote down what of the buyer decides the tax', () => {
  const now = new Date('2026-11-20T12:00:00.000Z');
  const buyer = { country: 'SK', hasVatId: false };
  const sight = { now, policy: usualDeadlines, broker, buyer, papers: [] };
  const older = anOrder({ state: 'inspection', jurisdiction: { country: 'SK', region: null } });

  it('says with its contract how it is taxed', () => {
    expect(lacksBuyer(older)).toBe(true);
    const { progress } = enter(older, { to: 'contracted', trigger: 'contract' }, sight);
    expect(progress).toMatchObject({ tax: { treatment: 'standard', rate: 2_300 }, buyerTaxed: buyer, contractedAt: now.toISOString() });
  });

  it('or with its next step, by the day of its contract', () => {
    const sold = anOrder({ state: 'contracted', jurisdiction: older.jurisdiction, progress: { contractedAt: '2024-11-20T12:00:00.000Z' } });
    expect(lacksBuyer(sold)).toBe(true);
    const paid = enter(sold, { to: 'balance_paid', trigger: 'settle' }, sight);
    expect(paid.progress).toMatchObject({ tax: { treatment: 'standard', rate: 2_000 }, buyerTaxed: buyer, contractedAt: '2024-11-20T12:00:00.000Z' });
    expect(lacksBuyer(paid)).toBe(false);
  });

  it('and says nothing before it, nor of a buyer whom nobody has named', () => {
    expect(lacksBuyer(anOrder({ state: 'deposit_held' }))).toBe(false);
    expect(enter(anOrder({ state: 'deposit_held' }), { to: 'inspection', trigger: 'inspect' }, sight).progress).toMatchObject({ tax: null, buyerTaxed: null });
    expect(enter(older, { to: 'contracted', trigger: 'contract' }, { ...sight, buyer: null }).progress.tax).toBeNull();
  });
});

describe('the day by which a sale is taxed', () => {
  it.each([
    ['Europe/Bratislava', 2_300],
    ['UTC', 2_000],
  ])('is that of the broker: half past eleven in Greenwich on the last of December, in %s', (timeZone, rate) => {
    expect(taxOf(order, broker, { at: silvester, timeZone })).toEqual({ treatment: 'standard', rate });
    const sold = enter(order, { to: 'contracted', trigger: 'contract' }, { now: new Date(silvester), policy: usualDeadlines, broker, buyer: null, papers: [paper('mandate', 'Asia/Tokyo'), paper('purchase_contract', timeZone)] });
    expect(sold.progress.tax).toEqual({ treatment: 'standard', rate });
  });

  it('is told by its newest contract, or another paper, or nobody', () => {
    expect(timeZoneOf([paper('purchase_contract', 'Europe/Rome', 2), paper('purchase_contract', 'Europe/Sofia'), paper('mandate', 'UTC')])).toBe('Europe/Rome');
    expect(timeZoneOf([paper('purchase_contract', null), paper('mandate', 'Europe/Sofia')])).toBe('Europe/Sofia');
    expect(timeZoneOf([paper('purchase_contract', null)])).toBe('Europe/Berlin');
  });
});
