import { explore, type Exploration } from '@autobroker/kernel';
import { type May, onlyWhatIsUsual } from './sale';
import type * as WorldModule from './world';

/** What is explored: each of these worlds to its end, so that together they have everything that can go wrong. */
const worlds: Readonly<Record<string, Partial<May>>> = {
  'two buyers of one car': { sales: 2, upTo: 'contract', asked: 0 },
  'news that overtake each other, up to the contract': { upTo: 'contract', onTheWay: 2, asked: 2 },
  'buyers who try twice and give up, up to the contract': { upTo: 'contract', tries: 2, giveUp: true },
  'refunds that banks do not take, and disputes, up to the contract': { upTo: 'contract', refundsFail: true, disputes: true },
  'answers that are late or come twice, and other amounts than were asked for': { upTo: 'balance', lateAnswers: true, otherAmounts: true },
  'refunds that banks do not take, and disputes, up to the balance': { upTo: 'balance', refundsFail: true, disputes: true, asked: 0 },
  'goodwill, up to the balance': { goodwill: true },
  'claims and disputes, up to the end': { upTo: 'end', claims: true, disputes: true, asked: 0 },
};
/** A sale that nobody ends can always be brought to its good end. */
const goingOn: Readonly<Record<string, Partial<May>>> = {
  'with goodwill': { goodwill: true },
  'with a dispute': { disputes: true, tries: 2, asked: 0 },
  'with claims': { upTo: 'end', claims: true },
};

/** The rules as they are, or with some of them broken. */
function explored(more: Partial<May>, broken: readonly (readonly [module: string, rules: (real: Record<string, unknown>) => object])[] = []): Exploration {
  jest.resetModules();
  for (const [module, rules] of broken) {
    const path = `../../libs/domains/${module}`;
    const real = jest.requireActual<Record<string, unknown>>(path);
    jest.doMock(path, () => ({ ...real, ...rules(real) }));
  }
  const { modelOf } = jest.requireActual<typeof WorldModule>('./world');
  const found = explore(modelOf({ ...onlyWhatIsUsual, ...more }));
  for (const [module] of broken) jest.dontMock(`../../libs/domains/${module}`);
  return found;
}

const print = (name: string, { states, steps }: Exploration): void => {
  process.stdout.write(`${name}: ${states} states, ${steps} steps\n`);
};

describe('whatever happens to a sale, in whichever order', () => {
  it.each(Object.entries(worlds))('%s: money and car stay right, and everything can end', (name, more) => {
    const found = explored(more);
    print(name, found);
    expect(found.fault).toBeNull();
    expect(found.states).toBeGreaterThan(1_000);
  }, 300_000);

  it.each(Object.entries(goingOn))('a sale that nobody ends goes on to its good end: %s', (name, more) => {
    const found = explored({ ...more, cancels: false, lapses: false });
    print(`goes on ${name}`, found);
    expect(found.fault).toBeNull();
  }, 300_000);
});

describe('a rule that is broken is found', () => {
  const asFunction = <A extends readonly unknown[], R>(rule: unknown): ((...args: A) => R) => {
    if (typeof rule !== 'function') throw new Error('there is no such rule');
    return (...args) => rule(...args);
  };

  it('two orders may hold one car', () => {
    const { fault } = explored({ sales: 2, upTo: 'contract', asked: 0, oneHold: false });
    expect(fault).toEqual({ what: 'two live orders for one car', path: [expect.stringContaining('reserves the car'), expect.stringContaining('reserves the car')] });
  });

  it('more is captured than is held', () => {
    const { fault } = explored({ upTo: 'contract' }, [['payment/src/domain/payment', ({ heldOf }) => ({ heldOf: (payment: unknown) => { const held = asFunction<[unknown], number>(heldOf)(payment); return held > 0 ? held + 1 : 0; } })]]);
    expect(fault?.what).toBe('captured more than authorised');
    expect(fault?.path.at(-1)).toContain('capture of the deposit');
  });

  it('refunds on their way are not counted', () => {
    const { fault } = explored({ upTo: 'contract', goodwill: true }, [['payment/src/domain/refunds', ({ planRefund }) => ({ planRefund: (payments: unknown, _parts: unknown, amount: unknown) => asFunction(planRefund)(payments, [], amount) })]]);
    expect(fault?.what).toBe('refunded more than captured');
  });

  it('an answer that comes late takes money back', () => {
    const { fault } = explored({ upTo: 'contract', lateAnswers: true }, [
      ['payment/src/domain/truth', ({ mergeTruth }) => ({ mergeTruth: (payment: object, truth: { captured: number }, now: Date) => { const merged = asFunction<[object, object, Date], { payment: object }>(mergeTruth)(payment, truth, now); return { ...merged, payment: { ...merged.payment, captured: truth.captured } }; } })],
    ]);
    expect(fault).not.toBeNull();
  });

  it('a journal is written on one side only', () => {
    const { fault } = explored({ upTo: 'contract' }, [['payment/src/domain/ledger', ({ depositApplied }) => ({ depositApplied: (...args: readonly unknown[]) => { const journal = asFunction<readonly unknown[], { entries: readonly object[] }>(depositApplied)(...args); return { ...journal, entries: journal.entries.slice(1) }; } })]]);
    expect(fault?.what).toBe('the journal deposit_applied is not balanced');
  });

  it('nobody hears that the car is back', () => {
    const { fault } = explored({ upTo: 'end', asked: 0 }, [['payment/src/domain/order-account', ({ hearOf }) => ({ hearOf: (known: unknown, news: { returned?: unknown }) => asFunction(hearOf)(known, { ...news, returned: undefined }) })]]);
    expect(fault?.what).toBe('nothing leads to an end from here');
    expect(fault?.path).toContainEqual(expect.stringContaining('the buyer withdraws'));
  });

  it('nobody hears that nothing is owed any more', () => {
    const { fault } = explored({ upTo: 'contract' }, [['order/src/domain/hear-money', () => ({ hearRefundSettled: () => undefined })]]);
    expect(fault?.what).toBe('nothing leads to an end from here');
  });
});
