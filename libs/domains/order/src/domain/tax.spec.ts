import { anOrder } from './an-order';
import { type PaperSight, timeZoneOf } from './facts';
import { enter } from './step';
import { taxOf } from './tax';
import { usualDeadlines } from './tenant-policy';

const silvester = '2024-12-31T23:30:00.000Z';
const broker = { country: 'SK', vatId: 'SK1234567890' };
/** A fee with its tax inside: 20 % until the end of 2024 in Slovakia, then 23 %. */
const order = anOrder({ state: 'inspection', jurisdiction: { country: 'SK', region: null }, progress: { buyerTaxed: { country: 'SK', hasVatId: false } } });
const paper = (kind: string, timeZone: string | null, version = 1): PaperSight => ({ kind, version, issuedAt: new Date(silvester), complete: true, signedAt: new Date(silvester), timeZone });

describe('the day by which a sale is taxed', () => {
  it.each([
    ['Europe/Bratislava', 2_300],
    ['UTC', 2_000],
  ])('is that of the broker: half past eleven in Greenwich on the last of December, in %s', (timeZone, rate) => {
    expect(taxOf(order, broker, { at: silvester, timeZone })).toEqual({ treatment: 'standard', rate });
    const sold = enter(order, { to: 'contracted', trigger: 'contract' }, { now: new Date(silvester), policy: usualDeadlines, broker, papers: [paper('mandate', 'Asia/Tokyo'), paper('purchase_contract', timeZone)] });
    expect(sold.progress.tax).toEqual({ treatment: 'standard', rate });
  });

  it('is told by its newest contract, or another paper, or nobody', () => {
    expect(timeZoneOf([paper('purchase_contract', 'Europe/Rome', 2), paper('purchase_contract', 'Europe/Sofia'), paper('mandate', 'UTC')])).toBe('Europe/Rome');
    expect(timeZoneOf([paper('purchase_contract', null), paper('mandate', 'Europe/Sofia')])).toBe('Europe/Sofia');
    expect(timeZoneOf([paper('purchase_contract', null)])).toBe('Europe/Berlin');
  });
});
