import type { DurationText } from '../duration';

export interface StateRow {
  /** What the state is called for people; the key otherwise. */
  readonly label?: string;
  /** Nothing leads out of it, and nothing has to. */
  readonly terminal?: boolean;
}

export interface TransitionRow<State extends string, Trigger extends string, Who extends string, Guard extends string> {
  readonly from: State | readonly State[];
  readonly trigger: Trigger;
  readonly to: State;
  /** The roles and systems that may pull the trigger; anyone of them is enough. */
  readonly who: readonly Who[];
  /** Every one of these must hold. */
  readonly guards?: readonly Guard[];
  /** Makes it a timeout: it falls due so long after the state was entered. A sweeper pulls the trigger. */
  readonly after?: DurationText;
  /** Why, for readers of the diagram. */
  readonly doc?: string;
}

/** A named condition; pure, because it is asked for screens as often as for real. */
export interface GuardRow<Facts> {
  readonly holds: (facts: Facts) => boolean;
  /** What a person is told when it does not hold. */
  readonly otherwise: string;
}

/** A whole state machine as data. */
export interface MachineTable<State extends string, Trigger extends string, Who extends string, Guard extends string, Facts> {
  readonly name: string;
  readonly initial: NoInfer<State>;
  readonly states: { readonly [S in State]: StateRow };
  readonly transitions: readonly TransitionRow<NoInfer<State>, Trigger, Who, NoInfer<Guard>>[];
  readonly guards?: { readonly [G in Guard]: GuardRow<Facts> };
}

/** A transition with a single source, as the machine keeps it. */
export interface Transition<State extends string, Trigger extends string, Who extends string, Guard extends string> {
  readonly from: State;
  readonly trigger: Trigger;
  readonly to: State;
  readonly who: readonly Who[];
  readonly guards: readonly Guard[];
  readonly after?: DurationText;
  readonly doc?: string;
}
