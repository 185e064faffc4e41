/** Something that may happen in a state, and the state that it leads to. */
export interface Step<State> {
  readonly name: string;
  readonly to: State;
}

export interface Model<State> {
  readonly initial: readonly State[];
  /** Everything that may happen next; nothing where all is over. */
  readonly steps: (state: State) => Iterable<Step<State>>;
  /** Two states with the same key are the same state. */
  readonly key: (state: State) => string;
  /** What must hold in every state: what is wrong with this one, or null. */
  readonly wrong: (state: State) => string | null;
  /** Where it may end: from every state one of these must be within reach. */
  readonly isGoal: (state: State) => boolean;
  /** More states than this are taken for a mistake in the model. */
  readonly maxStates?: number;
}

export interface Fault {
  readonly what: string;
  /** The names of the steps that lead there: as few as there are. */
  readonly path: readonly string[];
}

export interface Exploration {
  readonly states: number;
  readonly steps: number;
  /** The first state that is wrong, or that no goal is within reach of; null when there is none. */
  readonly fault: Fault | null;
}

interface Visit {
  readonly from: number;
  readonly by: string;
}

/**
 * Goes through every state that can be reached, whatever happens in whatever order, and looks at each. Broad first, so
 * that the way to a fault is a shortest one.
 */
export function explore<State>(model: Model<State>): Exploration {
  const { maxStates = 5_000_000 } = model;
  const places = new Map<string, number>();
  const visits: Visit[] = [];
  const states: State[] = [];
  const into: number[][] = [];
  let steps = 0;

  const place = (state: State, visit: Visit): number => {
    const key = model.key(state);
    const known = places.get(key);
    if (known !== undefined) return known;
    if (states.length >= maxStates) throw new RangeError(`the model has more than ${maxStates} states`);
    places.set(key, states.length);
    visits.push(visit);
    into.push([]);
    return states.push(state) - 1;
  };
  const pathTo = (at: number): string[] => {
    const path: string[] = [];
    for (let visit = visits[at]; visit !== undefined && visit.from >= 0; visit = visits[visit.from]) path.unshift(visit.by);
    return path;
  };

  for (const state of model.initial) place(state, { from: -1, by: '' });
  for (let at = 0; at < states.length; at += 1) {
    const state = states[at];
    if (state === undefined) break;
    const what = model.wrong(state);
    if (what !== null) return { states: states.length, steps, fault: { what, path: pathTo(at) } };
    for (const { name, to } of model.steps(state)) {
      steps += 1;
      into[place(to, { from: at, by: name })]?.push(at);
    }
  }
  const lost = reach(states, into, model.isGoal).indexOf(0);
  return { states: states.length, steps, fault: lost < 0 ? null : { what: 'nothing leads to an end from here', path: pathTo(lost) } };
}

/** From which states a goal is within reach: 1, or else 0. */
function reach<State>(states: readonly State[], into: readonly (readonly number[])[], isGoal: (state: State) => boolean): Uint8Array {
  const reached = new Uint8Array(states.length);
  const waiting = states.flatMap((state, at) => (isGoal(state) ? [at] : []));
  for (const at of waiting) reached[at] = 1;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const from of into[at] ?? []) {
      if (reached[from] === 1) continue;
      reached[from] = 1;
      waiting.push(from);
    }
  }
  return reached;
}
