import { Duration } from '../duration';
import { refuse, type Refusal } from '../refusal';
import { ok, type Result } from '../result';
import { problemsOf, StateMachineDefinitionError } from './check';
import { mermaid } from './mermaid';
import type { GuardRow, MachineTable, StateRow, Transition } from './table';

/**
 * - `unknown_state`: a stored state that the table does not have; never taken for another one
 * - `state_is_final`: nothing happens any more in this state
 * - `wrong_state`: the trigger exists, but not in this state
 * - `unknown_trigger`: no state has it
 * - `not_permitted`: somebody else may
 * - `guard_refused`: a condition does not hold; `errors` lists every one of them by name
 */
export type MachineRefusalCode = 'unknown_state' | 'state_is_final' | 'wrong_state' | 'unknown_trigger' | 'not_permitted' | 'guard_refused';

export interface Asking<Who extends string, Facts> {
  /** Who pulls the trigger: one role, or all that a principal has. */
  readonly who: Who | readonly Who[];
  /** What the guards look at. */
  readonly facts: Facts;
}

export interface Choice<State extends string, Trigger extends string> {
  readonly trigger: Trigger;
  readonly to: State;
}

export interface RefusedChoice<Trigger extends string> {
  readonly trigger: Trigger;
  readonly refusal: Refusal<MachineRefusalCode>;
}

export interface Deadline<State extends string, Trigger extends string> extends Choice<State, Trigger> {
  readonly due: Date;
}

/** Made by `defineStateMachine`; holds no state itself. */
export class StateMachine<State extends string, Trigger extends string, Who extends string, Guard extends string, Facts> {
  readonly name: string;
  readonly initial: State;
  readonly transitions: readonly Transition<State, Trigger, Who, Guard>[];
  private readonly rows: ReadonlyMap<string, StateRow>;
  private readonly guards: ReadonlyMap<string, GuardRow<Facts>>;
  private readonly index: ReadonlyMap<string, ReadonlyMap<string, Transition<State, Trigger, Who, Guard>>>;

  constructor(table: MachineTable<State, Trigger, Who, Guard, Facts>) {
    this.name = table.name;
    this.initial = table.initial;
    this.transitions = table.transitions.flatMap(({ from, guards = [], ...row }) =>
      listOf<State>(from).map((source) => Object.freeze({ ...row, from: source, guards })),
    );
    this.rows = new Map(Object.entries<StateRow>(table.states));
    this.guards = new Map(Object.entries<GuardRow<Facts>>(table.guards ?? {}));
    const problems = problemsOf({ initial: this.initial, states: this.rows, transitions: this.transitions, guards: new Set(this.guards.keys()) });
    if (problems.length > 0) throw new StateMachineDefinitionError(table.name, problems);
    this.index = new Map([...this.rows.keys()].map((state) => [state, new Map(this.transitions.filter(({ from }) => from === state).map((row) => [row.trigger, row]))]));
  }

  get states(): State[] {
    return [...this.rows.keys()].filter((state) => this.isState(state));
  }

  get triggers(): Trigger[] {
    return [...new Set(this.transitions.map(({ trigger }) => trigger))];
  }

  /** For what comes out of a database or a request. */
  isState(text: string): text is State {
    return this.rows.has(text);
  }

  isTrigger(text: string): text is Trigger {
    return this.transitions.some(({ trigger }) => trigger === text);
  }

  isTerminal(state: State): boolean {
    return this.rows.get(state)?.terminal === true;
  }

  labelOf(state: State): string {
    return this.rows.get(state)?.label ?? state;
  }

  /** The transition that a trigger means here, or why it must not happen. Changes nothing. */
  decide(state: State, trigger: Trigger, asking: Asking<Who, Facts>): Result<Transition<State, Trigger, Who, Guard>, Refusal<MachineRefusalCode>> {
    const from = this.index.get(state);
    if (from === undefined) return refuse('unknown_state', `«${this.name}» has no state «${state}»`);
    if (this.isTerminal(state)) return refuse('state_is_final', `«${state}» is final`);
    const transition = from.get(trigger);
    if (transition === undefined) {
      return this.isTrigger(trigger) ? refuse('wrong_state', `«${trigger}» is not possible in «${state}»`) : refuse('unknown_trigger', `«${this.name}» has no «${trigger}»`);
    }
    // Permission first: whoever may not act is not told what the conditions are.
    if (!listOf<Who>(asking.who).some((who) => transition.who.includes(who))) {
      return refuse('not_permitted', `«${trigger}» is up to ${transition.who.join(', ')}`);
    }
    const failed = transition.guards.flatMap((name) => {
      const guard = this.guards.get(name);
      return guard === undefined || guard.holds(asking.facts) ? [] : [{ pointer: '', code: name, detail: guard.otherwise }];
    });
    if (failed.length > 0) return refuse('guard_refused', failed.map(({ detail }) => detail).join('; '), { errors: failed });
    return ok(transition);
  }

  /** What this asker may do now, and for every other trigger of the machine why not. */
  allowed(state: State, asking: Asking<Who, Facts>): { allowed: Choice<State, Trigger>[]; refused: RefusedChoice<Trigger>[] } {
    const choices: { allowed: Choice<State, Trigger>[]; refused: RefusedChoice<Trigger>[] } = { allowed: [], refused: [] };
    for (const trigger of this.triggers) {
      const decision = this.decide(state, trigger, asking);
      if (decision.ok) choices.allowed.push({ trigger, to: decision.value.to });
      else choices.refused.push({ trigger, refusal: decision.error });
    }
    return choices;
  }

  /** The timeouts that start to run when a state is entered, soonest first. `overrides` are a tenant's own lengths. */
  deadlines(state: State, enteredAt: Date, overrides: { readonly [T in Trigger]?: Duration | string } = {}): Deadline<State, Trigger>[] {
    return [...(this.index.get(state)?.values() ?? [])]
      .flatMap(({ trigger, to, after }) =>
        after === undefined ? [] : [{ trigger, to, due: Duration.from(overrides[trigger] ?? after).addTo(enteredAt) }],
      )
      .sort((a, b) => a.due.getTime() - b.due.getTime());
  }

  /** The diagram for the documentation, as Mermaid text. */
  toMermaid(): string {
    return mermaid(this.initial, this.rows, this.transitions);
  }
}

/** Checks the table and makes the machine; throws `StateMachineDefinitionError` when anything in it is wrong. */
export function defineStateMachine<
  const State extends string,
  const Trigger extends string,
  const Who extends string,
  const Guard extends string = never,
  Facts = unknown,
>(table: MachineTable<State, Trigger, Who, Guard, Facts>): StateMachine<State, Trigger, Who, Guard, Facts> {
  return new StateMachine(table);
}

/** The states of a machine as a type: `StateOf<typeof orderMachine>`. */
export type StateOf<M> = M extends StateMachine<infer State, infer _Trigger, infer _Who, infer _Guard, infer _Facts> ? State : never;

export type TriggerOf<M> = M extends StateMachine<infer _State, infer Trigger, infer _Who, infer _Guard, infer _Facts> ? Trigger : never;

function listOf<T extends string>(value: T | readonly T[]): readonly T[] {
  return typeof value === 'string' ? [value] : value;
}
