import fc from 'fast-check';
import { defineStateMachine, type MachineTable, StateMachineDefinitionError, type StateOf, type TriggerOf } from '../index';

interface Sale {
  readonly depositPaid: boolean;
  readonly inspected: boolean;
}

const sale = defineStateMachine({
  name: 'sale',
  initial: 'draft',
  states: {
    draft: {},
    reserved: { label: 'Held for a buyer' },
    'paid-up': {},
    done: { terminal: true },
    cancelled: { terminal: true },
  },
  transitions: [
    { from: 'draft', trigger: 'reserve', to: 'reserved', who: ['buyer', 'agent'] },
    { from: 'reserved', trigger: 'pay', to: 'paid-up', who: ['buyer'], guards: ['depositPaid', 'inspected'] },
    { from: 'reserved', trigger: 'expire', to: 'draft', who: ['system'], after: 'PT15M' },
    { from: 'reserved', trigger: 'abandon', to: 'cancelled', who: ['system'], after: 'P3D' },
    { from: 'paid-up', trigger: 'hand_over', to: 'done', who: ['agent'] },
    { from: ['draft', 'reserved', 'paid-up'], trigger: 'cancel', to: 'cancelled', who: ['buyer', 'agent'] },
  ],
  guards: {
    depositPaid: { holds: (facts: Sale) => facts.depositPaid, otherwise: 'The deposit is not paid yet' },
    inspected: { holds: (facts: Sale) => facts.inspected, otherwise: 'The car is not inspected yet' },
  },
});

const nothing: Sale = { depositPaid: false, inspected: false };
const everything: Sale = { depositPaid: true, inspected: true };
const decide = (state: StateOf<typeof sale>, trigger: TriggerOf<typeof sale>, who: 'buyer' | 'agent' | 'system', facts: Sale = everything): string => {
  const decision = sale.decide(state, trigger, { who, facts });
  return decision.ok ? decision.value.to : decision.error.code;
};

describe('decide', () => {
  it('leads on when the state, the asker and the facts allow it', () => {
    expect(decide('draft', 'reserve', 'buyer')).toBe('reserved');
    expect(decide('reserved', 'pay', 'buyer')).toBe('paid-up');
    expect(decide('paid-up', 'cancel', 'agent')).toBe('cancelled');
  });

  it('refuses with a reason that says which of them is missing', () => {
    expect(decide('draft', 'pay', 'buyer')).toBe('wrong_state');
    expect(decide('done', 'cancel', 'buyer')).toBe('state_is_final');
    expect(decide('reserved', 'pay', 'agent')).toBe('not_permitted');
    expect(decide('reserved', 'pay', 'buyer', nothing)).toBe('guard_refused');
  });

  it('names every condition that does not hold', () => {
    expect(sale.decide('reserved', 'pay', { who: 'buyer', facts: nothing })).toMatchObject({
      error: { errors: [{ code: 'depositPaid', detail: 'The deposit is not paid yet' }, { code: 'inspected' }] },
    });
    expect(sale.decide('reserved', 'pay', { who: 'buyer', facts: { depositPaid: true, inspected: false } })).toMatchObject({
      error: { detail: 'The car is not inspected yet' },
    });
  });

  it('tells conditions only to those who may act', () => {
    expect(decide('reserved', 'pay', 'agent', nothing)).toBe('not_permitted');
  });

  it('is content with any one of several roles', () => {
    expect(sale.decide('draft', 'reserve', { who: ['system', 'agent'], facts: nothing }).ok).toBe(true);
    expect(sale.decide('draft', 'reserve', { who: [], facts: nothing })).toMatchObject({ error: { code: 'not_permitted' } });
  });

  it('never takes a stored state or trigger it does not know for another one', () => {
    const loose: MachineTable<string, string, string, string, unknown> = {
      name: 'loose', initial: 'a', states: { a: {}, b: { terminal: true } }, transitions: [{ from: 'a', trigger: 'go', to: 'b', who: ['x'] }],
    };
    const machine = defineStateMachine(loose);
    expect(machine.decide('constructor', 'go', { who: 'x', facts: undefined })).toMatchObject({ error: { code: 'unknown_state' } });
    expect(machine.decide('a', 'toString', { who: 'x', facts: undefined })).toMatchObject({ error: { code: 'unknown_trigger' } });
    expect([machine.isState('a'), machine.isState('constructor'), machine.isTrigger('go'), machine.isTrigger('stop')]).toEqual([true, false, true, false]);
  });
});

describe('allowed', () => {
  it('sorts every trigger into may and why not', () => {
    const { allowed, refused } = sale.allowed('reserved', { who: 'buyer', facts: { depositPaid: true, inspected: false } });
    expect(allowed).toEqual([{ trigger: 'cancel', to: 'cancelled' }]);
    expect(Object.fromEntries(refused.map(({ trigger, refusal }) => [trigger, refusal.code]))).toEqual({
      reserve: 'wrong_state', pay: 'guard_refused', expire: 'not_permitted', abandon: 'not_permitted', hand_over: 'wrong_state',
    });
  });

  it('always agrees with decide', () => {
    const asking = fc.record({ who: fc.subarray(['buyer', 'agent', 'system'] as const), facts: fc.record({ depositPaid: fc.boolean(), inspected: fc.boolean() }) });
    fc.assert(fc.property(fc.constantFrom(...sale.states), asking, (state, ask) => {
      const { allowed, refused } = sale.allowed(state, ask);
      expect(allowed.length + refused.length).toBe(sale.triggers.length);
      for (const { trigger, to } of allowed) expect(sale.decide(state, trigger, ask)).toMatchObject({ ok: true, value: { from: state, to } });
      for (const { trigger } of refused) expect(sale.decide(state, trigger, ask).ok).toBe(false);
    }));
  });
});

describe('deadlines', () => {
  const entered = new Date('2026-11-20T12:00:00Z');

  it('start with the state, soonest first', () => {
    expect(sale.deadlines('reserved', entered)).toEqual([
      { trigger: 'expire', to: 'draft', due: new Date('2026-11-20T12:15:00Z') },
      { trigger: 'abandon', to: 'cancelled', due: new Date('2026-11-23T12:00:00Z') },
    ]);
    expect(sale.deadlines('draft', entered)).toEqual([]);
  });

  it('take a tenant’s own length', () => {
    expect(sale.deadlines('reserved', entered, { expire: 'P7D' }).map(({ trigger }) => trigger)).toEqual(['abandon', 'expire']);
  });
});

describe('defineStateMachine', () => {
  type Loose = MachineTable<string, string, string, string, unknown>;
  const good: Loose = {
    name: 'order', initial: 'a', states: { a: {}, b: {}, z: { terminal: true } },
    transitions: [{ from: 'a', trigger: 'go', to: 'b', who: ['x'] }, { from: 'b', trigger: 'end', to: 'z', who: ['x'] }],
  };
  const problems = (change: Partial<Loose>): readonly string[] => {
    try {
      defineStateMachine({ ...good, ...change });
      return [];
    } catch (error) {
      if (error instanceof StateMachineDefinitionError) return error.problems;
      throw error;
    }
  };
  const and = (...rows: Loose['transitions']): Partial<Loose> => ({ transitions: [...good.transitions, ...rows] });

  it('takes a good table', () => {
    expect(problems({})).toEqual([]);
  });

  it.each<[string, Partial<Loose>, RegExp]>([
    ['an unknown initial state', { initial: 'q' }, /initial state «q» is unknown/],
    ['an unknown target', and({ from: 'a', trigger: 'jump', to: 'q', who: ['x'] }), /leads to the unknown state «q»/],
    ['an unknown source', and({ from: 'q', trigger: 'jump', to: 'a', who: ['x'] }), /leaves the unknown state «q»/],
    ['an unknown guard', and({ from: 'a', trigger: 'jump', to: 'b', who: ['x'], guards: ['open'] }), /unknown guard «open»/],
    ['a guard that nobody asks', { guards: { open: { holds: () => true, otherwise: '' } } }, /«open» is never asked/],
    ['the same trigger twice in a state', and({ from: ['b', 'a'], trigger: 'go', to: 'z', who: ['x'] }), /«go» in «a» is there twice/],
    ['a transition for nobody', and({ from: 'a', trigger: 'jump', to: 'b', who: [] }), /nobody may pull «jump» in «a»/],
    ['a way out of a terminal state', and({ from: 'z', trigger: 'rise', to: 'a', who: ['x'] }), /leaves a terminal state/],
    ['a timeout that is no duration', and({ from: 'a', trigger: 'expire', to: 'b', who: ['x'], after: 'Ptomorrow' }), /no duration/],
    ['an unreachable state', { states: { ...good.states, c: {} }, ...and({ from: 'c', trigger: 'end', to: 'z', who: ['x'] }) }, /«c» can't be reached from «a»/],
    ['a dead end', { states: { ...good.states, c: {} }, ...and({ from: 'a', trigger: 'fall', to: 'c', who: ['x'] }) }, /«c» is a dead end/],
    ['a circle without a way out', { states: { ...good.states, c: {}, d: {} }, ...and({ from: 'a', trigger: 'fall', to: 'c', who: ['x'] }, { from: 'c', trigger: 'on', to: 'd', who: ['x'] }, { from: 'd', trigger: 'on', to: 'c', who: ['x'] }) }, /«d» is a dead end/],
    ['no terminal state', { states: { a: {}, b: {}, z: {} } }, /no state is terminal/],
  ])('refuses %s', (_what, change, message) => {
    expect(problems(change).join('\n')).toMatch(message);
  });

  it('lists everything that is wrong at once', () => {
    expect(problems(and({ from: 'q', trigger: 'jump', to: 'r', who: [], guards: ['open'] }))).toHaveLength(4);
  });

  it('accepts a random graph exactly when a walk finds every state and a way to an end from each', () => {
    const node = fc.nat(5);
    const graph = fc.tuple(fc.array(fc.tuple(node, node), { maxLength: 14 }), fc.uniqueArray(node, { maxLength: 3 }));
    fc.assert(fc.property(graph, ([pairs, ends]) => {
      const edges = pairs.filter(([from]) => !ends.includes(from));
      const states = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`s${index}`, ends.includes(index) ? { terminal: true } : {}]));
      const transitions = edges.map(([from, to], index) => ({ from: `s${from}`, trigger: `t${index}`, to: `s${to}`, who: ['x'] }));
      // Reachability by repeated squaring of the relation: another algorithm than the one under test.
      const reach = Array.from({ length: 6 }, (_, from) => Array.from({ length: 6 }, (_unused, to) => from === to || edges.some(([a, b]) => a === from && b === to)));
      for (let middle = 0; middle < 6; middle += 1) for (const row of reach) for (let to = 0; to < 6; to += 1) if (row[middle] === true && reach[middle]?.[to] === true) row[to] = true;
      const sound = reach[0]?.every(Boolean) === true && reach.every((row) => ends.some((end) => row[end]));
      expect(problems({ initial: 's0', states, transitions }).length === 0).toBe(sound);
    }), { numRuns: 400 });
  });
});

describe('toMermaid', () => {
  it('draws states, askers, conditions and timeouts', () => {
    expect(sale.toMermaid()).toBe(`stateDiagram-v2
  state "Held for a buyer" as reserved
  state "paid-up" as s2
  [*] --> draft
  draft --> reserved: reserve (buyer, agent)
  reserved --> s2: pay [depositPaid, inspected] (buyer)
  reserved --> draft: expire after PT15M (system)
  reserved --> cancelled: abandon after P3D (system)
  s2 --> done: hand_over (agent)
  draft --> cancelled: cancel (buyer, agent)
  reserved --> cancelled: cancel (buyer, agent)
  s2 --> cancelled: cancel (buyer, agent)
  done --> [*]
  cancelled --> [*]
`);
  });
});
