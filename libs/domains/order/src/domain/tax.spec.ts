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

describe('a rate that changes between contract and handover', () => {
  const german = { country: 'DE', vatId: 'DE123456789' };
  const at = (day: string) => ({ now: new Date(`${day}T10:00:00.000Z`), policy: usualDeadlines, broker: german, buyer: null, papers: [] });
  const line = (code: string, amount: number, payee: 'broker' | 'authority' | 'carrier' = 'broker') => ({ code, amount, payee, rule: null });
  /** Sold on the last of June 2020, when it was 19 % in Germany; from the first of July it was 16 %. */
  const sold = (lines: readonly ReturnType<typeof line>[], more: Parameters<typeof anOrder>[0] = {}) => {
    const total = lines.reduce((sum, { amount }) => sum + amount, 0);
    const agreed = anOrder({ state: 'inspection', capacity: 'commissionaire', sellerKind: 'dealer_vat', price: { currency: 'EUR', total, deposit: 189_900, lines }, progress: { buyerTaxed: { country: 'DE', hasVatId: false } }, ...more });
    return enter(agreed, { to: 'contracted', trigger: 'contract' }, at('2020-06-30'));
  };
  const shown = [line('price', 1_595_798), line('transport', 45_000, 'carrier'), line('vat', 303_202, 'authority')];

  it('that has its tax inside: the price stays as it is, and has another rate in it', () => {
    const contract = sold([line('price', 1_899_000)]);
    expect(contract.progress.tax).toEqual({ treatment: 'standard', rate: 1_900 });
    const paid = enter(contract, { to: 'balance_paid', trigger: 'settle' }, at('2020-07-01'));
    expect([paid.progress.tax, paid.price]).toEqual([{ treatment: 'standard', rate: 1_600 }, contract.price]);
  });

  it.each(['private', 'business'] as const)('that has its tax beside it, to a %s buyer: they pay what the contract says, and the tax is inside from then on', (buyerKind) => {
    const contract = sold(shown, { buyerKind });
    const delivered = enter(contract, { to: 'delivered', trigger: 'hand_over' }, at('2020-07-01'));
    expect(delivered.progress.tax).toEqual({ treatment: 'standard', rate: 1_600 });
    expect(delivered.price).toEqual({ ...contract.price, lines: [line('price', 1_899_000), line('transport', 45_000, 'carrier')] });
  });

  it('is that of the handover, and stays it', () => {
    const paid = enter(sold(shown), { to: 'balance_paid', trigger: 'settle' }, at('2020-06-30'));
    expect([paid.progress.tax?.rate, paid.price.lines]).toEqual([1_900, shown]);
    const sent = enter(paid, { to: 'in_transit', trigger: 'ship' }, at('2020-12-30'));
    const delivered = enter(sent, { to: 'delivered', trigger: 'hand_over' }, at('2021-01-02'));
    expect([sent, delivered, enter(delivered, { to: 'completed', trigger: 'complete' }, at('2021-02-01'))].map(({ progress }) => progress.tax?.rate)).toEqual([1_900, 1_900, 1_900]);
    const early = enter(sent, { to: 'delivered', trigger: 'hand_over' }, at('2020-12-31'));
    expect(enter(early, { to: 'completed', trigger: 'complete' }, at('2021-01-15')).progress.tax?.rate).toBe(1_600);
  });

  it.each([
    ['an agent’s fee: the service was done with the contract', { capacity: 'buyer_agent' as const }, [line('broker_fee', 56_970), line('broker_fee_vat', 10_824, 'authority')], 1_900],
    ['the margin scheme, which shows none', { sellerKind: 'dealer_margin' as const }, [line('price', 1_899_000)], 0],
  ])('changes nothing of %s', (_, more, lines, rate) => {
    const contract = sold(lines, more);
    const delivered = enter(contract, { to: 'delivered', trigger: 'hand_over' }, at('2020-07-01'));
    expect([delivered.progress.tax?.rate, delivered.price]).toEqual([rate, contract.price]);
  });

  it('changes nothing of a sale that comes to nothing, or is disputed', () => {
    for (const to of ['cancelled', 'disputed'] as const) expect(enter(sold(shown), { to, trigger: 'cancel' }, at('2020-07-01'))).toMatchObject({ price: { lines: shown }, progress: { tax: { rate: 1_900 } } });
  });
});
