import { explore, type Model } from './explore';

/** Two buyers and one car: each looks whether it is free, and then takes it. */
interface Market {
  readonly owner: readonly string[];
  readonly seen: Readonly<Record<string, boolean>>;
}
const buyers = ['ada', 'bob'];
const market = (locks: boolean): Model<Market> => ({
  initial: [{ owner: [], seen: {} }],
  key: (state) => JSON.stringify([state.owner, buyers.map((buyer) => state.seen[buyer] === true)]),
  *steps({ owner, seen }) {
    for (const buyer of buyers) {
      if (seen[buyer] !== true && owner.length === 0) yield { name: `${buyer} looks`, to: { owner, seen: { ...seen, [buyer]: true } } };
      if (seen[buyer] === true && !owner.includes(buyer) && (!locks || owner.length === 0)) yield { name: `${buyer} takes`, to: { owner: [...owner, buyer], seen } };
    }
  },
  wrong: ({ owner }) => (owner.length > 1 ? 'two own one car' : null),
  isGoal: ({ owner }) => owner.length === 1,
});

describe('exploring everything that may happen', () => {
  it('finds the shortest way to what is wrong', () => {
    const { fault } = explore(market(false));
    expect(fault?.what).toBe('two own one car');
    expect(fault?.path).toHaveLength(4);
    expect(fault?.path.slice(0, 2).toSorted()).toEqual(['ada looks', 'bob looks']);
  });

  it('goes to the end of it when nothing is', () => {
    // Nobody, one or both have looked; and then one of those who have has taken.
    expect(explore(market(true))).toEqual({ states: 4 + 4, steps: 8, fault: null });
  });

  it('finds a state that nothing leads out of', () => {
    const model: Model<number> = {
      initial: [0],
      key: String,
      steps: (state) => (state === 0 ? [{ name: 'right', to: 1 }, { name: 'left', to: 2 }] : state === 2 ? [{ name: 'on', to: 2 }] : []),
      wrong: () => null,
      isGoal: (state) => state === 1,
    };
    expect(explore(model)).toEqual({ states: 3, steps: 3, fault: { what: 'nothing leads to an end from here', path: ['left'] } });
    expect(explore({ ...model, isGoal: (state) => state > 0 }).fault).toBeNull();
  });

  it('gives up on a model without end', () => {
    const endless: Model<number> = { initial: [0], key: String, steps: (state) => [{ name: 'on', to: state + 1 }], wrong: () => null, isGoal: () => true, maxStates: 1_000 };
    expect(() => explore(endless)).toThrow('more than 1000');
  });
});
